import { findGroup } from './findGroup';
import { findUser } from './findUser';
import { GroupCall, MembershipHandle } from './types';

/**
 * The ids of user and group.
 *
 * @returns undefined when Okta does not have both: then nobody is a member
 */
export async function findMembership(
  call: GroupCall,
): Promise<Pick<MembershipHandle, 'userId' | 'groupId'> | undefined> {
  const { handle, params } = call.ctx;
  if (handle) {
    return handle;
  }
  // Without a handle no membership was ever made: it is committed first.
  const user = await findUser(call);
  const group = user && (await findGroup(call, params.group));
  return group && { userId: user.id, groupId: group.id };
}
