import {
  FINAL_LEASE_STATES,
  Lease,
  LeaseQuery,
} from '@backstage-jit/plugin-jit-common';
import { isReviewable } from '../words';

/** Whether a lease is in a list, as the backend decides it. */
export function matches(lease: Lease, query: LeaseQuery, me: string): boolean {
  const subject = query.subject === 'me' ? me : query.subject;
  return (
    (!query.state || query.state.includes(lease.state)) &&
    (!query.kind || query.kind === lease.kind) &&
    (!query.entityRef || query.entityRef === lease.entityRef) &&
    (!query.profileId || query.profileId === lease.profileId) &&
    (query.stuck === undefined || query.stuck === lease.stuck) &&
    (!query.reviewDue || isReviewable(lease)) &&
    (!query.to || lease.requestedAt < query.to) &&
    (!query.from || !isOverBefore(lease, query.from)) &&
    (!subject || subject === lease.subject)
  );
}

function isOverBefore(lease: Lease, instant: string): boolean {
  const { state, verifiedAt, endedAt, requestedAt } = lease;
  return (
    FINAL_LEASE_STATES.includes(state) &&
    (verifiedAt ?? endedAt ?? requestedAt) < instant
  );
}
