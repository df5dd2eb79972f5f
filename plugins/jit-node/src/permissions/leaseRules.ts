import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  JitLeaseMatch,
  jitLeasePermissionResourceRef,
  JitLeaseResource,
} from './leaseResource';

const claims = z.object({
  claims: z
    .array(z.string())
    .describe('Refs of users and groups, one of which has to be named'),
});

/** The rule that one of some users and groups stands in a field of the lease. */
function claimsRule(options: {
  name: string;
  description: string;
  field: JitLeaseMatch['field'];
}) {
  const { name, description, field } = options;
  const match = (given: z.infer<typeof claims>): JitLeaseMatch => ({
    field,
    // As they stand in the ledger.
    values: given.claims.map(ref => ref.toLocaleLowerCase('en-US')),
  });
  return createPermissionRule({
    name,
    description,
    resourceRef: jitLeasePermissionResourceRef,
    paramsSchema: claims,
    apply: (lease, params) => matches(lease, match(params)),
    toQuery: match,
  });
}

/** Whether the field has one of the values. */
function matches(
  lease: JitLeaseResource,
  { field, values }: JitLeaseMatch,
): boolean {
  return [lease[field]].flat().some(value => values.includes(value));
}

const isRequester = claimsRule({
  name: 'IS_REQUESTER',
  description: 'Leases that one of the claims has asked for',
  field: 'requester',
});

const isSubject = claimsRule({
  name: 'IS_SUBJECT',
  description: 'Leases that one of the claims receives',
  field: 'subject',
});

const isTargetOwner = claimsRule({
  name: 'IS_TARGET_OWNER',
  description:
    'Leases on a target that one of the claims owns, if the profile takes the target’s word',
  field: 'targetOwners',
});

const isApprover = claimsRule({
  name: 'IS_APPROVER',
  description:
    'Leases whose request, or one for a later end that waits, names one of the claims to decide',
  field: 'approvers',
});

const hasProfile = createPermissionRule({
  name: 'HAS_PROFILE',
  description: 'Leases of one of the profiles',
  resourceRef: jitLeasePermissionResourceRef,
  paramsSchema: z.object({
    profileIds: z.array(z.string()).describe('Ids of profiles'),
  }),
  apply: ({ profileId }, { profileIds }) => profileIds.includes(profileId),
  toQuery: ({ profileIds }) => ({ field: 'profileId', values: profileIds }),
});

const hasKind = createPermissionRule({
  name: 'HAS_KIND',
  description: 'Leases of access, or of infrastructure',
  resourceRef: jitLeasePermissionResourceRef,
  paramsSchema: z.object({
    kinds: z.array(z.enum(['access', 'infrastructure'])),
  }),
  apply: ({ kind }, { kinds }) => kinds.some(each => each === kind),
  toQuery: ({ kinds }) => ({ field: 'kind', values: kinds }),
});

/**
 * What permission policies can make a decision about a lease depend on.
 *
 * @public
 */
export const jitLeaseRules = {
  isRequester,
  isSubject,
  isTargetOwner,
  isApprover,
  hasProfile,
  hasKind,
};

const exported = createConditionExports({
  resourceRef: jitLeasePermissionResourceRef,
  rules: jitLeaseRules,
});

/**
 * The rules, to be put together to the conditions of a decision.
 *
 * @public
 */
export const jitLeaseConditions = exported.conditions;

/**
 * A decision of a permission policy that lets a permission through for some leases only.
 *
 * @public
 */
export const createJitLeaseConditionalDecision =
  exported.createConditionalDecision;
