import { Progress } from '@backstage-jit/plugin-jit-node';
import { write } from '../connection/OktaClient';
import { findMembership } from './findMembership';
import { listRules, managingRule } from './groupRules';
import { membershipRequest } from './membershipRequest';
import { GroupCall, MembershipHandle } from './types';

/** Signs the person out of Okta, and ends the tokens that apps got for them. */
async function clearSessions(call: GroupCall, userId: string): Promise<void> {
  await write(call, {
    method: 'DELETE',
    path: `/api/v1/users/${encodeURIComponent(userId)}/sessions`,
    // Remembered devices are another matter than this access.
    query: { oauthTokens: 'true', forgetDevices: 'false' },
    purpose: 'end the sessions of a user',
    right:
      "the scope okta.users.manage, or an admin role that may clear users' sessions",
    emulatorsLackIt: true,
  });
}

/** A rule that took the group over during the lease: the access ends all the same, and people are told what that did. */
async function remarkOnRule(
  call: GroupCall,
  groupId: string,
): Promise<string | undefined> {
  const rules = await listRules(call).catch(() => []);
  const rule = managingRule(rules, groupId);
  return rule === undefined
    ? undefined
    : `Group rule '${rule}' manages the group by now: if it had added the person too, they are on its list of exclusions and have to be taken off it to be a member again`;
}

/** Takes the person out of the group. Whoever or whatever is not there any more is not in it either. */
export async function revoke(
  call: GroupCall,
): Promise<Progress<MembershipHandle>> {
  const { handle, params } = call.ctx;
  const membership = await findMembership(call);
  if (!membership) {
    return { done: true, handle };
  }
  // Without a look before: reads lag, and removing twice does no harm.
  const wasThere = await write(call, membershipRequest('DELETE', membership));
  // Not before: a person who signs in again would have the group again.
  if (params.clearSessions) {
    await clearSessions(call, membership.userId);
  }
  const remark = wasThere && (await remarkOnRule(call, membership.groupId));
  return { done: true, handle, ...(remark && { report: [remark] }) };
}
