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
  return undefined;
}
