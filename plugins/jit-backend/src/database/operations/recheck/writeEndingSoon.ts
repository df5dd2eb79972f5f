import { utcMinute } from '../../../leases/utcMinute';
import { Ledger } from '../../Ledger';
import { isInState } from '../../phases';
import { noteOnLeases } from './noteOnLeases';

/** So long before the end at the most; for a short lease a sixth of its time. */
const LONGEST_LEAD_MS = 15 * 60_000;

/**
 * Writes into the history of each lease that ends soon that it does, which tells its people while they can still extend it. Each end is told of
 * once; a later one anew.
 *
 * @returns how many
 */
export async function writeEndingSoon(ledger: Ledger): Promise<number> {
  return await noteOnLeases(ledger, {
    which: (query, at, { knex }) =>
      query
        .where(isInState(knex, ['active']))
        .whereNull('end_wish')
        .where('expires_at', '>', at)
        .whereRaw(
          'expires_at <= ? + case when duration_ms < ? then duration_ms / 6 else ? end',
          [at, 6 * LONGEST_LEAD_MS, LONGEST_LEAD_MS],
        )
        .whereRaw('coalesce(end_told, 0) <> expires_at'),
    note: lease => ({
      changes: { endTold: lease.expiresAt },
      event: {
        type: 'lease.ending-soon',
        why: `It ends at ${utcMinute(lease.expiresAt!)}`,
        data: { expiresAt: new Date(lease.expiresAt!).toISOString() },
      },
    }),
  });
}
