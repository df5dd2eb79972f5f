import { ExpectedThing } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { list, OktaCall } from '../connection/OktaClient';
import { GroupParams } from './paramsSchema';
import { MembershipHandle } from './types';

const memberBody = z.object({ id: z.string() });

type ExpectedMembership = ExpectedThing<GroupParams, MembershipHandle>;

/** The members of each group once, however many leases there are on it. A group that is deleted has none. */
export async function* listPresent(
  call: OktaCall,
  options: { expected: ExpectedMembership[] },
): AsyncIterable<string> {
  const groups = new Map<string, ExpectedMembership[]>();
  for (const each of options.expected) {
    const groupId = each.handle?.groupId;
    if (groupId) {
      groups.set(groupId, [...(groups.get(groupId) ?? []), each]);
    }
  }
  for (const [groupId, memberships] of groups) {
    const members = await list(
      call,
      {
        path: `/api/v1/groups/${encodeURIComponent(groupId)}/users`,
        query: { limit: '1000' },
        purpose: 'look the members of a group up',
        right:
          'the scope okta.groups.manage, or an admin role that may view groups and users',
      },
      memberBody,
    );
    const present = new Set(members?.map(({ id }) => id));
    for (const { externalName, handle } of memberships) {
      if (present.has(handle!.userId)) {
        yield externalName;
      }
    }
  }
}
