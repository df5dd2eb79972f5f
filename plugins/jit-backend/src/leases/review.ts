import { ConflictError, NotAllowedError } from '@backstage/errors';
import { LeaseRecord } from './records';
import { Wish, Wisher, wishEvent } from './wishes';

/**
 * Notes that somebody has looked at what went in without approval.
 *
 * @throws ConflictError when there is nothing to look at, or somebody has; NotAllowedError for one's own
 */
export function review(
  lease: LeaseRecord,
  wisher: Wisher & { comment: string },
): Wish {
  const { actor, now, comment } = wisher;
  if (!lease.breakGlass) {
    throw new ConflictError(`Lease ${lease.id} needs no review`);
  }
  if (actor === lease.subject || actor === lease.requester) {
    throw new NotAllowedError('Nobody reviews what they did themselves');
  }
  if (lease.reviewedAt !== undefined) {
    throw new ConflictError(
      `Lease ${lease.id} was reviewed already, by ${lease.reviewedBy}`,
    );
  }
  return {
    lease: { ...lease, reviewedAt: now, reviewedBy: actor },
    event: wishEvent(lease, wisher, { type: 'lease.reviewed', why: comment }),
  };
}
