import { Instant, LeaseRecord } from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { fromRow, namesOf, Row } from '../../columns';
import { oneOf } from '../../conditions';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { prepared } from '../../prepared';
import { leaseColumns, queuedColumns, TABLES } from '../../tables';
import { ConnectionFacts } from './Turn';

/** What a decision has to know of a connection. */
export interface ConnectionRow {
  paused_until: number;
  failures: number;
  slots: number;
  concurrency: number;
}

/** An entitlement, locked, with its connection as it was then. */
export type LockedRow = Row & ConnectionRow;

/** The columns of an entitlement as `e`. */
export const QUEUED = namesOf(queuedColumns).map(name => `e.${name}`);

const LEASE = namesOf(leaseColumns);

/** Locks entitlements in the order of their ids. */
export async function lockEntitlements(
  { knex }: Ledger,
  entitlementIds: string[],
): Promise<Map<string, LockedRow>> {
  const rows = await prepared<LockedRow>(
    knex,
    knex({ e: TABLES.entitlements })
      .join({ c: TABLES.connections }, 'c.name', 'e.connection')
      .where(oneOf(knex, 'e.id', entitlementIds))
      .orderBy('e.id')
      .select(
        ...QUEUED,
        'c.paused_until',
        'c.failures',
        'c.slots',
        'c.concurrency',
      )
      .modify(query => isPostgres(knex) && query.forUpdate('e')),
  );
  return byId(rows);
}

/** @returns rows of entitlements by their ids */
export function byId(rows: LockedRow[]): Map<string, LockedRow> {
  return new Map(rows.map(row => [String(row.id), row]));
}

/** The unfinished leases of some locked entitlements, with the instant at which they are ours. */
export async function lockLeases(
  { knex, clock }: Ledger,
  entitlementIds: string[],
): Promise<{ leases: Map<string, LeaseRecord[]>; now: Instant }> {
  if (!entitlementIds.length) {
    return { leases: new Map(), now: await clock.now(knex) };
  }
  const unfinished = knex(TABLES.leases)
    .select(...LEASE)
    .where(isUnfinishedRow(knex))
    .orderBy('id');
  const now = clock.sql(knex);
  const rows = isPostgres(knex)
    ? // One thing after the other: asked for all at once, a server that has not seen the table yet reads whatever is unfinished.
      await prepared<Row>(
        knex,
        knex.raw(
          'select own.*, ? as now from unnest(?::text[]) as wanted(id), lateral ? as own',
          [
            now,
            [...new Set(entitlementIds)].sort(),
            unfinished.whereRaw('entitlement_id = wanted.id').forUpdate(),
          ],
        ),
      )
    : await unfinished
        .whereIn('entitlement_id', entitlementIds)
        .select({ now });
  const leases = new Map<string, LeaseRecord[]>();
  for (const row of rows) {
    const lease = fromRow(leaseColumns, row);
    const siblings = leases.get(lease.entitlementId) ?? [];
    siblings.push(lease);
    leases.set(lease.entitlementId, siblings);
  }
  return {
    leases,
    // Of the last: by then all of them were locked.
    now: Number(rows.at(-1)?.now ?? (await clock.now(knex))),
  };
}

/** What is finished has no entitlement that could be locked, and changes no more. */
export function isLocked(
  { entitlementId, state }: LeaseRecord,
  locked: ReadonlyMap<string, unknown>,
): boolean {
  return !isUnfinished(state) || locked.has(entitlementId);
}

/** How a connection is, by its row. */
export function connectionFacts(
  row: ConnectionRow,
  now: Instant,
): ConnectionFacts {
  const pausedUntil = Number(row.paused_until);
  return {
    ...(pausedUntil > now && { pausedUntil }),
    recovering: row.failures > 0 || row.slots < row.concurrency,
  };
}
