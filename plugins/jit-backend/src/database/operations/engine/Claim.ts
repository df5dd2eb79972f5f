/**
 * The right to act on one entitlement, held until it is released or not renewed in time. Only its token's holder can write.
 */
export interface Claim {
  entitlementId: string;
  connection: string;
  provider: string;
  token: string;
}
