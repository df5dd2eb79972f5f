import { LedgerThing } from '../../../reconcile/compare';
import { Ledger } from '../../Ledger';
import { isInState } from '../../phases';
import { TABLES } from '../../tables';

/** What the ledger says is on a connection for a provider. Things granted on another system than the one it leads to now are not missed there. */
export async function readExpected(
  { knex }: Ledger,
  options: { connection: string; provider: string; identity: string },
): Promise<LedgerThing[]> {
  const { connection, provider, identity } = options;
  const rows = await knex({ e: TABLES.entitlements })
    .leftJoin({ l: TABLES.leases }, builder =>
      builder
        .on('l.entitlement_id', 'e.id')
        .andOn(isInState(knex, ['active'], 'l')),
    )
    .where('e.connection', connection)
    .where('e.provider', provider)
    .select({
      id: 'e.id',
      externalName: 'e.external_name',
      attempted: 'e.attempted',
      heldBefore: 'e.held_before',
      identity: 'e.identity',
      call: 'e.call',
      removal: 'e.removal',
      leaseId: 'l.id',
    });
  const things = new Map<string, LedgerThing>();
  for (const row of rows) {
    const thing: LedgerThing = things.get(row.id) ?? {
      entitlementId: row.id,
      externalName: row.externalName,
      settled: false,
      activeLeaseIds: [],
    };
    if (row.leaseId) {
      thing.activeLeaseIds.push(row.leaseId);
    }
    thing.settled =
      thing.activeLeaseIds.length > 0 &&
      Boolean(row.attempted) &&
      !row.heldBefore &&
      row.identity === identity &&
      row.call === null &&
      row.removal === null;
    things.set(row.id, thing);
  }
  return [...things.values()];
}
