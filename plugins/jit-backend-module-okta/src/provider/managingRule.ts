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

/** The name of a group rule that puts people into the group by itself, if there is one. */
export async function managingRule(
  call: OktaCall,
  groupId: string,
): Promise<string | undefined> {
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
  return rules?.find(
    ({ status, actions }) =>
      status !== 'INACTIVE' &&
      actions?.assignUserToGroups?.groupIds?.includes(groupId),
  )?.name;
}
