/**
 * The right to act on one entitlement, held until it is released or not renewed in time. Only its token's holder can write.
 */
export interface Claim {
  entitlementId: string;
  connection: string;
  provider: string;
  token: string;
  /** Taken while its connection was paused, beside its slots: for what needs no call, also when the pause is over meanwhile. */
  whilePaused?: true;
  /** Whether a lease on it belonged to a bundle then: its commits need the other parts too. */
  bundled?: boolean;
}
