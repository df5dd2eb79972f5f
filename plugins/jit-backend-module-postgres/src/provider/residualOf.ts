import { Session } from '../connection/Session';
import { RoleParams } from './paramsSchema';
import { reachableRoles } from './reachableRoles';

/** What a lease with these roles can leave behind that nobody can tell from the work of others; within a transaction. */
export async function residualOf(
  session: Session,
  params: RoleParams,
): Promise<string | undefined> {
  const roles = await reachableRoles(session, params.memberOf);
  const owners = roles.filter(role => role.owns).map(role => role.name);
  const parts = [
    ...(owners.length > 0
      ? [
          `What is changed or granted on as the owner of the objects of ${owners.join(
            ', ',
          )} stays.`,
        ]
      : []),
    ...(params.setRole
      ? ['What is made after SET ROLE belongs to that role and stays.']
      : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}
