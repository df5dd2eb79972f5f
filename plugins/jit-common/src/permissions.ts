import { createPermission } from '@backstage/plugin-permission-common';

/**
 * The permissions of the jit plugin. They can only take away what the lease and its profile already allow; a policy that allows
 * everything therefore changes nothing.
 *
 * @public
 */
export const jitRequestCreatePermission = createPermission({
  name: 'jit.request.create',
  attributes: { action: 'create' },
});

/** @public */
export const jitRequestDecidePermission = createPermission({
  name: 'jit.request.decide',
  attributes: { action: 'update' },
});

/** @public */
export const jitLeaseReadPermission = createPermission({
  name: 'jit.lease.read',
  attributes: { action: 'read' },
});

/** @public */
export const jitLeaseExtendPermission = createPermission({
  name: 'jit.lease.extend',
  attributes: { action: 'update' },
});

/** @public */
export const jitLeaseProtectPermission = createPermission({
  name: 'jit.lease.protect',
  attributes: { action: 'update' },
});

/** @public */
export const jitLeaseEndPermission = createPermission({
  name: 'jit.lease.end',
  attributes: { action: 'delete' },
});

/** @public */
export const jitLeaseCredentialsPermission = createPermission({
  name: 'jit.lease.credentials',
  attributes: { action: 'read' },
});

/** @public */
export const jitOperatePermission = createPermission({
  name: 'jit.operate',
  attributes: { action: 'update' },
});

/** @public */
export const jitPermissions = [
  jitRequestCreatePermission,
  jitRequestDecidePermission,
  jitLeaseReadPermission,
  jitLeaseExtendPermission,
  jitLeaseProtectPermission,
  jitLeaseEndPermission,
  jitLeaseCredentialsPermission,
  jitOperatePermission,
];
