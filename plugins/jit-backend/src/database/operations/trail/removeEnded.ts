import { Instant, LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';

/** Nothing of these can exist outside any more, and nobody decides about them. */
const ENDED = ['revoked', 'denied', 'withdrawn', 'lapsed'];

/**
 * Removes leases that ended before an instant, whole: with their histories and requests. Those of one request go when all of it is over. Of
 * each stays a signed last word, for the next checkpoint. Resolved profiles stay: another lease may be taking one at this moment.
 *
 * @returns how many were removed; fewer than `limit` when none is left
 */
export async function removeEnded(
  ledger: Ledger,
  options: { before: Instant; limit: number },
): Promise<number> {
  return await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const leases = await lockEnded(tx, options);
    const ids = leases.map(lease => lease.id);
    if (!ids.length) {
      return 0;
    }
    const at = await clock.now(knex);
    await knex(TABLES.removed).insert(
      leases.map(lease => {
        const [event] = chain.append(
          lease,
          [
            {
              leaseId: lease.id,
              type: 'lease.removed',
              actor: 'system:retention',
            },
          ],
          at,
        );
        return { lease_id: lease.id, event: JSON.stringify(event) };
      }),
    );
    await knex(TABLES.events).whereIn('lease_id', ids).delete();
    await knex(TABLES.leases).whereIn('id', ids).delete();
    await removeRequests(tx, leases);
    return ids.length;
  });
}

async function lockEnded(
  { knex }: Ledger,
  { before, limit }: { before: Instant; limit: number },
): Promise<LeaseRecord[]> {
  const query = knex({ l: TABLES.leases })
    .whereIn('l.state', ENDED)
    // Nothing ends before it was asked for; this one has an index.
    .where('l.requested_at', '<', before)
    .whereRaw(isOver('l'), { before })
    .whereNotExists(
      knex({ other: TABLES.leases })
        .select(knex.raw('1'))
        .whereRaw('other.request_id = l.request_id')
        .where(still =>
          still
            .whereNotIn('other.state', ENDED)
            .orWhereRaw(`not (${isOver('other')})`, { before }),
        ),
    )
    .orderBy('l.id')
    .limit(limit)
    .select('l.*');
  const rows: Row[] = isPostgres(knex)
    ? await query.forUpdate('l').skipLocked()
    : await query;
  return rows.map(row => fromRow(leaseColumns, row));
}

/** Also what is left of it outside, access that dies by itself, a last copy; and that it was looked at afterwards, if it has to be. */
function isOver(lease: string): string {
  return [
    `coalesce(${lease}.ended_at, ${lease}.requested_at) < :before`,
    `coalesce(${lease}.alive_until, 0) < :before`,
    `coalesce(${lease}.kept_until, 0) < :before`,
    `(${lease}.break_glass is null or ${lease}.reviewed_at is not null or ${lease}.state <> 'revoked')`,
  ].join(' and ');
}

/** Those of which no lease is left, and those for a later end of a lease that went. */
async function removeRequests(
  { knex }: Ledger,
  leases: LeaseRecord[],
): Promise<void> {
  const left: Array<{ id: string }> = await knex(TABLES.leases)
    .distinct({ id: 'request_id' })
    .whereIn('request_id', [...new Set(leases.map(each => each.requestId))]);
  const kept = new Set(left.map(({ id }) => id));
  const gone = leases.map(lease => lease.requestId).filter(id => !kept.has(id));
  const extending: Array<{ id: string }> = await knex(TABLES.requests)
    .select('id')
    .whereIn(
      'extends_lease_id',
      leases.map(lease => lease.id),
    );
  const all = [...gone, ...extending.map(({ id }) => id)];
  await knex(TABLES.parties).whereIn('request_id', all).delete();
  await knex(TABLES.extendedLeases).whereIn('request_id', all).delete();
  await knex(TABLES.requests).whereIn('id', all).delete();
}
