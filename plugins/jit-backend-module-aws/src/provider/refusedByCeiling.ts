import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import { AwsConnection } from '../connection/connectionSchema';
import { matchesPattern } from '../role/roleArn';
import { StsParams } from './paramsSchema';

/**
 * Whether the connection's ceiling lets a lease give keys of this role: undefined when it does, else the refusal.
 */
export function refusedByCeiling(options: {
  params: StsParams;
  connection: ProviderConnection<AwsConnection>;
}): string | undefined {
  const { params, connection } = options;
  return connection.config.ceiling.roles.some(pattern =>
    matchesPattern(params.role, pattern),
  )
    ? undefined
    : `Role '${params.role}' is not in the ceiling of connection '${connection.name}'.`;
}
