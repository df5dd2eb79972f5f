import { ConflictError } from '@backstage/errors';
import { Instant } from '../../leases/records';
import { RequestRecord } from '../RequestRecord';

const OVER: Record<Exclude<RequestRecord['state'], 'pending'>, string> = {
  approved: 'is approved already',
  denied: 'is denied already',
  withdrawn: 'was withdrawn',
  lapsed: 'has lapsed',
};

/**
 * @param now - the database's, where it is certain
 * @throws ConflictError when the request does not wait for a decision, or is not what the decider has seen
 */
export function assertPending(
  request: RequestRecord,
  order: { revision: number },
  now?: Instant,
): void {
  const { id, state, steps, revision, lapsesAt } = request;
  if (revision !== order.revision) {
    throw new ConflictError(
      `Request ${id} has changed: it is at revision ${revision}`,
    );
  }
  if (state !== 'pending') {
    throw new ConflictError(
      steps.length
        ? `Request ${id} ${OVER[state]}`
        : `There is nothing to decide about request ${id}: it was granted by rule (${state})`,
    );
  }
  if (now !== undefined && lapsesAt !== undefined && lapsesAt <= now) {
    throw new ConflictError(`Request ${id} has lapsed`);
  }
}
