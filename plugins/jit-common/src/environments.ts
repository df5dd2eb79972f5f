/**
 * Infrastructure that lives, as the catalog may show it to everybody: nothing of how to reach it, nor why somebody wanted it.
 *
 * @public
 */
export interface Environment {
  leaseId: string;
  /** Of the profile. */
  title: string;
  profileId: string;
  provider: string;
  /** The target. */
  entityRef?: string;
  requester: string;
  grantedAt: string;
  /** Unless somebody ends, extends or protects it. */
  expiresAt?: string;
}

/**
 * The location that entities of live environments are managed by. What they say comes from whoever asked for the environment, so no profile can trust it.
 *
 * @public
 */
export const ENVIRONMENTS_LOCATION = 'jit:environments';
