import { createPermission } from '@backstage/plugin-permission-common';

/**
 * What the permissions of leases are about, for policies that decide by the lease.
 *
 * @public
 */
export const RESOURCE_TYPE_JIT_LEASE = 'jit-lease';

/**
 * The permissions of the jit plugin. They can only take away what the lease and its profile already allow; a policy that allows
 * everything therefore changes nothing.
 *
 * To ask for leases.
 *
 * @public
 */
export const jitLeaseCreatePermission = createPermission({
  name: 'jit.lease.create',
  attributes: { action: 'create' },
});

/**
 * To decide about requests, and to review what broke the glass.
 *
 * @public
 */
export const jitLeaseApprovePermission = createPermission({
  name: 'jit.lease.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_JIT_LEASE,
});

/** @public */
export const jitLeaseReadPermission = createPermission({
  name: 'jit.lease.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_JIT_LEASE,
});

/** @public */
export const jitLeaseExtendPermission = createPermission({
  name: 'jit.lease.extend',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_JIT_LEASE,
});

/** @public */
export const jitLeaseProtectPermission = createPermission({
  name: 'jit.lease.protect',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_JIT_LEASE,
});

/**
 * To end leases, and to withdraw requests.
 *
 * @public
 */
export const jitLeaseEndPermission = createPermission({
  name: 'jit.lease.end',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_JIT_LEASE,
});

/**
 * To have the credentials of leases.
 *
 * @public
 */
export const jitLeaseRevealPermission = createPermission({
  name: 'jit.lease.reveal',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_JIT_LEASE,
});

/**
 * To export the trail.
 *
 * @public
 */
export const jitAuditReadPermission = createPermission({
  name: 'jit.audit.read',
  attributes: { action: 'read' },
});

/** @public */
export const jitOperatePermission = createPermission({
  name: 'jit.operate',
  attributes: { action: 'update' },
});

/**
 * Those about a lease: a policy can let them through for some leases only.
 *
 * @public
 */
export const jitLeasePermissions = [
  jitLeaseApprovePermission,
  jitLeaseReadPermission,
  jitLeaseExtendPermission,
  jitLeaseProtectPermission,
  jitLeaseEndPermission,
  jitLeaseRevealPermission,
];

/**
 * Those about no single lease.
 *
 * @public
 */
export const jitBasicPermissions = [
  jitLeaseCreatePermission,
  jitAuditReadPermission,
  jitOperatePermission,
];

/** @public */
export const jitPermissions = [...jitBasicPermissions, ...jitLeasePermissions];
