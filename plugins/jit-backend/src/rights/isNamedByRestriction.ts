import {
  BackstageCredentials,
  BackstageServicePrincipal,
} from '@backstage/backend-plugin-api';
import { Permission } from '@backstage/plugin-permission-common';

/**
 * Whether a service's access is restricted, and the restriction names the permission. One that is not restricted by name names none: the
 * framework would let it do everything.
 */
export function isNamedByRestriction(
  credentials: BackstageCredentials,
  permission: Permission,
): boolean {
  const principal = credentials.principal as Partial<BackstageServicePrincipal>;
  if (principal.type !== 'service') {
    return false;
  }
  const { permissionNames, permissionAttributes } =
    principal.accessRestrictions ?? {};
  const actions = permissionAttributes?.action;
  const { action } = permission.attributes;
  return (
    Boolean(permissionNames?.includes(permission.name)) &&
    (!actions || (action !== undefined && actions.includes(action)))
  );
}
