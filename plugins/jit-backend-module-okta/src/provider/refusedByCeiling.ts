import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import { OktaConnection } from '../connection/connectionSchema';
import { GroupParams } from './paramsSchema';

/**
 * Whether the connection's ceiling lets a lease give this group: undefined when it does, else the refusal. Compared whole, as written.
 */
export function refusedByCeiling(options: {
  params: GroupParams;
  connection: ProviderConnection<OktaConnection>;
}): string | undefined {
  const { params, connection } = options;
  return connection.config.ceiling.groups.includes(params.group)
    ? undefined
    : `Group '${params.group}' is not in the ceiling of connection '${connection.name}'.`;
}
