import { Session } from '../connection/Session';
import { findMarkedRole, FoundRole } from '../roles/findMarkedRole';
import { RoleLeaseContext } from './types';

/** Finds the lease's role by our mark, as {@link findMarkedRole} does. */
export async function findRole(
  session: Session,
  ctx: RoleLeaseContext,
): Promise<FoundRole> {
  return await findMarkedRole(session, {
    kind: 'role',
    name: ctx.externalName,
    oid: ctx.handle?.oid,
    of: { leaseId: ctx.lease.id },
    mark: ctx.mark,
  });
}
