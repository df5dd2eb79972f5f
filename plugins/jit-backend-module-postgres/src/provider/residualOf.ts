import { Session } from '../connection/Session';
import { RoleParams } from './paramsSchema';
import { reachableRoles } from './reachableRoles';
import { isOfDatabase } from './refusedByCeiling';

/** What a lease with these roles can leave behind that nobody can tell from the work of others; within a transaction. */
export async function residualOf(
  session: Session,
  params: RoleParams,
): Promise<string | undefined> {
  const roles = await reachableRoles(session, params.memberOf);
  // What the owner of an ephemeral database owns goes with it.
  const owners = roles
    .filter(role => role.owns && !isOfDatabase(role.name))
    .map(role => role.name);
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
