import { idleStep, Sighting, withSighting } from '../../../leases/idle';
import { LeaseRecord } from '../../../leases/records';
import { atOnce } from '../../atOnce';
import { bulkUpdate, Change } from '../../bulkUpdate';
import { fromRow, Row } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';

/** How many things one transaction takes at the most: it holds their locks meanwhile. */
const CHUNK = 200;

export interface WriteSightings {
  connection: string;
  provider: string;
  /** Of the system that was looked at: what was made on another one was not seen. */
  identity: string;
  /** By external name. */
  sightings: ReadonlyMap<string, Sighting>;
  /** How long a look is believed. */
  holdsMs: number;
}

/**
 * Writes what a look has shown on the active leases it is about, and has the engine look at those for which it decides something. No event and no
 * new version: what is seen each minute is no news.
 *
 * @returns how many things the engine has to look at
 */
export async function writeSightings(
  ledger: Ledger,
  options: WriteSightings,
): Promise<number> {
  const names = [...options.sightings.keys()];
  let due = 0;
  for (let start = 0; start < names.length; start += CHUNK) {
    const chunk = names.slice(start, start + CHUNK);
    due += await inTransaction(ledger, tx => writeChunk(tx, chunk, options));
  }
  return due;
}

async function writeChunk(
  { knex, clock }: Ledger,
  externalNames: string[],
  options: WriteSightings,
): Promise<number> {
  const { connection, provider, identity, sightings, holdsMs } = options;
  const locked = <T extends { forUpdate(): T }>(query: T) =>
    isPostgres(knex) ? query.forUpdate() : query;

  const entitlements: Array<{ id: string; name: string }> = await locked(
    knex(TABLES.entitlements)
      .where({ connection, provider, identity })
      .whereIn('external_name', externalNames)
      .orderBy('id')
      .select('id', { name: 'external_name' }),
  );
  const names = new Map(entitlements.map(({ id, name }) => [id, name]));
  const leases: Row[] = await locked(
    knex(TABLES.leases)
      .whereIn('entitlement_id', [...names.keys()])
      .where({ state: 'active' })
      .whereNotNull('idle_after_ms')
      .orderBy('id'),
  );
  const now = await clock.now(knex);

  const changes: Array<Change<LeaseRecord>> = [];
  const due = new Set<string>();
  for (const lease of leases.map(row => fromRow(leaseColumns, row))) {
    const sighting = sightings.get(names.get(lease.entitlementId)!)!;
    const seen = withSighting(lease, sighting);
    if (seen === lease) {
      continue;
    }
    changes.push({ before: lease, after: seen });
    if (idleStep(seen, { now, holdsMs })) {
      due.add(lease.entitlementId);
    }
  }
  await atOnce(
    knex,
    bulkUpdate(knex, { table: TABLES.leases, columns: leaseColumns, changes }),
  );
  await knex(TABLES.entitlements)
    .whereIn('id', [...due])
    .update({ next_at: now, turn_at: now });
  return due.size;
}
