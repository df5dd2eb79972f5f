import { OktaRequest } from '../connection/OktaClient';
import { MembershipHandle } from './types';

/** Changes one membership. By ids only: Okta takes logins there too. */
export function membershipRequest(
  method: 'PUT' | 'DELETE',
  { userId, groupId }: Pick<MembershipHandle, 'userId' | 'groupId'>,
): OktaRequest {
  return {
    method,
    path: `/api/v1/groups/${encodeURIComponent(
      groupId,
    )}/users/${encodeURIComponent(userId)}`,
    purpose:
      method === 'PUT'
        ? 'add a member to a group'
        : 'remove a member of a group',
    right:
      'the scope okta.groups.manage, or an admin role that may manage the members of this group',
  };
}
