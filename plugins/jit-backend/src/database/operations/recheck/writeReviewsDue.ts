import { utcMinute } from '../../../leases/utcMinute';
import { noticesOfReview } from '../../../notices/noticesOfReview';
import { Instant, LeaseRecord } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { whereUnreviewed } from '../leases/whereUnreviewed';
import { queueNotices } from '../notices/queueNotices';
import { readRequest } from '../requests/readRequest';
import { Note, noteOnLeases } from './noteOnLeases';

/**
 * Reminds of reviews when three quarters of the time for them are over, counted from the start of the lease, and tells of those that were missed:
 * each once, in the history too.
 *
 * @returns how many
 */
export async function writeReviewsDue(ledger: Ledger): Promise<number> {
  return await noteOnLeases(ledger, {
    which: (query, at) =>
      whereUnreviewed(query).where(due =>
        due
          .where(soon =>
            soon
              .whereNull('review_told')
              .whereRaw(
                'review_due_at - (review_due_at - starts_at) / 4 <= ?',
                [at],
              ),
          )
          .orWhere(missed =>
            missed
              .where('review_told', 'due-soon')
              .where('review_due_at', '<=', at),
          ),
      ),
    note: noteOfReview,
    also: async (tx, { lease, why, at }) => {
      const request = await readRequest(tx, { id: lease.requestId });
      const steps = request?.steps ?? [];
      await queueNotices(tx, {
        notices: noticesOfReview(lease, { why, steps }),
        at,
      });
    },
  });
}

function noteOfReview(
  { reviewDueAt = 0, subject }: LeaseRecord,
  at: Instant,
): Note {
  const until = utcMinute(reviewDueAt);
  return reviewDueAt <= at
    ? {
        changes: { reviewTold: 'overdue' },
        event: {
          type: 'lease.review-missed',
          why: `Nobody reviewed it until ${until}: before somebody does, ${subject} can break no glass`,
        },
      }
    : {
        changes: { reviewTold: 'due-soon' },
        event: {
          type: 'lease.review-due',
          why: `Somebody has to review it until ${until}`,
        },
      };
}
