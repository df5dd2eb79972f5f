import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_JIT_LEASE } from '@backstage-jit/plugin-jit-common';

/**
 * A lease as the rules of permission policies see it. Users and groups are entity refs, normalised.
 *
 * @public
 */
export interface JitLeaseResource {
  requester: string;
  subject: string;
  /** Who owns the target, if the profile takes the target's word, as the catalog said at the last look. */
  targetOwners: string[];
  /** Whom the steps of its request name to decide, as the catalog said at the last look. */
  approvers: string[];
  profileId: string;
  kind: string;
}

/**
 * A rule on its way to the ledger: the field of the lease has one of the values.
 *
 * @public
 */
export interface JitLeaseMatch {
  field: keyof JitLeaseResource;
  values: string[];
}

/**
 * Leases, for rules of permission policies.
 *
 * @public
 */
export const jitLeasePermissionResourceRef = createPermissionResourceRef<
  JitLeaseResource,
  JitLeaseMatch
>().with({ pluginId: 'jit', resourceType: RESOURCE_TYPE_JIT_LEASE });
