import { z } from 'zod';
import { list, OktaCall } from '../connection/OktaClient';

const ruleBody = z.object({
  name: z.string(),
  status: z.string(),
  actions: z
    .object({
      assignUserToGroups: z
        .object({ groupIds: z.array(z.string()).nullish() })
        .nullish(),
    })
    .nullish(),
});

export type GroupRule = z.infer<typeof ruleBody>;

/** All group rules of the org. */
export async function listRules(call: OktaCall): Promise<GroupRule[]> {
  const rules = await list(
    call,
    {
      path: '/api/v1/groups/rules',
      query: { limit: '200' },
      purpose: 'look the group rules up',
      right:
        'the scope okta.groups.manage, or an admin role that may view group rules',
      emulatorsLackIt: true,
    },
    ruleBody,
  );
  return rules ?? [];
}

/** The name of a rule that puts people into the group by itself, if there is one. */
export function managingRule(
  rules: GroupRule[],
  groupId: string,
): string | undefined {
  return rules.find(
    ({ status, actions }) =>
      status !== 'INACTIVE' &&
      actions?.assignUserToGroups?.groupIds?.includes(groupId),
  )?.name;
}
