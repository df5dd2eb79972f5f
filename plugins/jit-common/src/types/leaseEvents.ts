import { END_REASONS } from './states';

/**
 * All kinds of lines that a lease's history can have in this release. A later one knows more: of a kind that is not known, show the line
 * all the same.
 *
 * @public
 */
export const LEASE_EVENT_TYPES = [
  'lease.requested',
  'lease.approval-given',
  'lease.rules-changed',
  'lease.approved',
  'lease.withdrawn',
  'lease.lapsed',
  'entitlement.looked-up',
  'lease.granting',
  'lease.active',
  'credentials.issued',
  'attempt.failed',
  'lease.stuck',
  'lease.retry-asked',
  'lease.extended',
  'lease.extension-asked',
  'lease.extension-denied',
  'lease.extension-withdrawn',
  'lease.extension-lapsed',
  'lease.ending-soon',
  'lease.idle-warned',
  'lease.used-again',
  'lease.budget-warned',
  'lease.protected',
  'lease.protection-lifted',
  'lease.protection-over',
  'lease.told',
  'lease.review-due',
  'lease.review-missed',
  'lease.reviewed',
  'origin.completed',
  'origin.failed',
  'origin.vanished',
  'lease.end-asked',
  ...END_REASONS.map(reason => `lease.${reason}` as const),
  'lease.kept',
  'revoke.report',
  'lease.revoked',
  'lease.removed',
] as const;

/** @public */
export type LeaseEventType = (typeof LEASE_EVENT_TYPES)[number];
