import { mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { jitLeasePermissions } from '@backstage-jit/plugin-jit-common';
import {
  createJitLeaseConditionalDecision,
  jitLeaseConditions,
} from '@backstage-jit/plugin-jit-node';
import { FRAMEWORK_OFF } from './frameworkOff';

/** Which leases a policy lets through. */
export type LeaseCriteria = PermissionCriteria<
  PermissionCondition<'jit-lease'>
>;
type Definite = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

/**
 * The framework with a policy for people; about tokens the real service decides without it.
 *
 * @param conditions - for which leases those permissions are let through that are about one
 */
export function framework(
  result: (permissionName: string) => Definite,
  conditions?: LeaseCriteria,
) {
  const isService = (options: unknown) =>
    (options as { credentials: { principal: { type: string } } }).credentials
      .principal.type === 'service';
  return mockServices.permissions.mock({
    authorize: async (requests, options) =>
      isService(options)
        ? await FRAMEWORK_OFF.authorize(requests, options)
        : requests.map(({ permission }) => ({
            result: result(permission.name),
          })),
    authorizeConditional: async (requests, options) =>
      isService(options)
        ? await FRAMEWORK_OFF.authorizeConditional(requests, options)
        : requests.map(({ permission }) =>
            conditions
              ? createJitLeaseConditionalDecision(
                  permission as (typeof jitLeasePermissions)[number],
                  conditions,
                )
              : { result: result(permission.name) },
          ),
  });
}

export const ALLOW = (): Definite => AuthorizeResult.ALLOW;
export const DENY = (): Definite => AuthorizeResult.DENY;

/** A policy that lets through what is about Ada's lease. */
export const FOR_HER_LEASE = framework(ALLOW, {
  allOf: [
    jitLeaseConditions.hasProfile({ profileIds: ['read'] }),
    jitLeaseConditions.isSubject({ claims: ['user:default/Ada'] }),
  ],
});

/** One that lets through what is about other leases than hers. */
export const FOR_OTHERS = framework(
  ALLOW,
  jitLeaseConditions.hasProfile({ profileIds: ['free'] }),
);
