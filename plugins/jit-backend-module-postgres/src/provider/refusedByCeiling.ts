import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { RoleParams } from './paramsSchema';

/** Each of these is a way to the operating system's files, and so to superuser. */
export const SUPERUSER_LIKE: readonly string[] = [
  'postgres',
  'pg_execute_server_program',
  'pg_read_server_files',
  'pg_write_server_files',
];

/**
 * Whether a role has the name that the engine gives to a thing of a lease, in full: what goes by it is of a lease's own database, or is refused. A
 * keeper's name is another.
 */
export function isOfDatabase(role: string): boolean {
  return /^jit_[0-9a-f]{16,32}$/.test(role);
}

/**
 * Whether the connection's ceiling lets a lease give these roles: undefined when it does, else the refusal. Names are compared whole;
 * there are no patterns, so a predefined role (`pg_…`) is allowed only by its own name.
 */
export function refusedByCeiling(options: {
  params: RoleParams;
  connection: ProviderConnection<PostgresConnection>;
}): string | undefined {
  const { params, connection } = options;
  const { ceiling, user, reassignTo } = connection.config;
  for (const role of params.memberOf) {
    if (isOfDatabase(role) && ceiling.ephemeralDatabases?.access) {
      // Whether it is one is seen at the grant, by its mark.
      continue;
    }
    if (!ceiling.roles.includes(role)) {
      return `Role '${role}' is not in the ceiling of connection '${connection.name}'.`;
    }
    if (SUPERUSER_LIKE.includes(role)) {
      return `Role '${role}' is as good as superuser and is never given.`;
    }
    if (role.startsWith('jit_')) {
      return `Role '${role}' has the name of a lease's role (jit_…) and is never given.`;
    }
    if (role === user || role === reassignTo) {
      return `Role '${role}' is what connection '${connection.name}' itself works with and is never given.`;
    }
  }
  if (params.setRole && !ceiling.setRole) {
    return `The ceiling of connection '${connection.name}' does not allow SET ROLE.`;
  }
  if (params.setRole && params.memberOf.some(isOfDatabase)) {
    return 'SET ROLE to the owner of an ephemeral database is never given: it could set a password of its own.';
  }
  return undefined;
}
