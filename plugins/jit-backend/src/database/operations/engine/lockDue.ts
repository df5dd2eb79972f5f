import { Knex } from 'knex';
import { heldUnder, oneOf } from '../../conditions';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { prepared } from '../../prepared';
import { TABLES } from '../../tables';
import { Claim } from './Claim';
import { isBundled } from './entitlementsOfBundles';
import { ConnectionRow, LockedRow, QUEUED } from './underLock';

export interface LockedConnection extends ConnectionRow {
  name: string;
  paused: boolean | number;
}

/** What is due, with whether a lease on it belongs to a bundle. */
export type DueRow = LockedRow & { bundled: boolean | number };

/** Locks connections in the order of their names, so that their concurrency holds over all replicas. */
export async function lockConnections(
  { knex, clock }: Ledger,
  names: string[],
): Promise<LockedConnection[]> {
  return await prepared<LockedConnection>(
    knex,
    knex(TABLES.connections)
      .select('name', 'slots', 'concurrency', 'failures', 'paused_until', {
        paused: knex.raw('paused_until > ?', [clock.sql(knex)]),
      })
      .where(oneOf(knex, 'name', names))
      .orderBy('name')
      .modify(query => isPostgres(knex) && query.forUpdate()),
  );
}

/**
 * Locks what is due of one connection, whose own row is locked: of a paused one what needs no call, of another what there are slots for. What another
 * replica is claiming at this moment is passed over.
 *
 * @param options - `slotGivenOn`: claims that take no slot any more
 */
export async function lockDue(
  ledger: Ledger,
  connection: LockedConnection,
  options: { limit: number; slotGivenOn: readonly Claim[] },
): Promise<DueRow[]> {
  const { knex } = ledger;
  const { limit, slotGivenOn } = options;
  const { name, slots, paused } = connection;
  const now = instantOf(ledger);
  const due = paused ? 'e.turn_at' : 'e.next_at';
  const free = paused
    ? knex.raw('?', [limit])
    : // What is free is counted here, under the connection's lock: a statement sees what was committed when it began.
      knex.raw(
        `(select case when taken >= ? then 0 when ? - taken < ? then ? - taken else ? end
          from (select count(*) as taken from ?? where connection = ? and claim_token is not null and claim_until > ? and not (?)) as busy)`,
        [
          ...[slots, slots, limit, slots, limit],
          ...[TABLES.entitlements, name, now],
          heldUnder(knex, slotGivenOn),
        ],
      );
  const rows = await prepared<DueRow>(
    knex,
    knex.raw(
      `select ${QUEUED.map(() => '??').join(', ')}, ? from ?? as e
       where e.connection = ? and ?? <= ? and (e.claim_until is null or e.claim_until <= ?)
       order by ?? limit ? ${
         isPostgres(knex) ? 'for update of e skip locked' : ''
       }`,
      [
        ...QUEUED,
        ...[isBundled(knex, 'e'), TABLES.entitlements],
        ...[name, due, now, now, due, free],
      ],
    ),
  );
  return rows.map(row => ({ ...row, ...connectionOf(connection) }));
}

function connectionOf({
  slots,
  concurrency,
  failures,
  paused_until,
}: LockedConnection): ConnectionRow {
  return { slots, concurrency, failures, paused_until };
}

/** The time as one value for a whole statement: PostgreSQL asks a bare clock anew for each row, and so can look it up in no index. */
function instantOf({ knex, clock }: Ledger): Knex.Raw {
  return knex.raw('(select ?)', [clock.sql(knex)]);
}
