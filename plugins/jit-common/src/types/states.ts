/**
 * Where a lease stands.
 *
 * - `requested`: waits for a decision. Nothing exists outside.
 * - `denied`, `withdrawn`, `lapsed`: ended before anything existed outside.
 * - `approved`: will be granted at `startsAt`.
 * - `granting`: the outside thing is being made, or may be.
 * - `active`: usable until `expiresAt`.
 * - `revoking`: being taken back; something may still be alive outside.
 * - `revoked`: seen to be gone outside.
 *
 * @public
 */
export type LeaseState =
  | 'requested'
  | 'denied'
  | 'withdrawn'
  | 'lapsed'
  | 'approved'
  | 'granting'
  | 'active'
  | 'revoking'
  | 'revoked';

/**
 * The states in which nothing more will happen by itself.
 *
 * @public
 */
export const FINAL_LEASE_STATES: readonly LeaseState[] = [
  'denied',
  'withdrawn',
  'lapsed',
  'revoked',
];

/** @public */
export type LeaseKind = 'access' | 'infrastructure';

/**
 * Why a lease went to `revoking`, or ended before it was granted.
 *
 * @public
 */
export const END_REASONS = [
  'expired',
  'returned',
  'ended',
  'idle',
  'failed',
  'denied',
  'ineligible',
  'offboarded',
  'stopped',
  'budget',
  'removed-outside',
  'resurrected',
  'orphaned',
] as const;

/** @public */
export type EndReason = (typeof END_REASONS)[number];

/** @public */
export type RequestState =
  | 'pending'
  | 'approved'
  | 'denied'
  | 'withdrawn'
  | 'lapsed';
