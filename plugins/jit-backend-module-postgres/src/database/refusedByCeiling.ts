import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { DatabaseParams } from './paramsSchema';

/**
 * Whether the connection's ceiling lets a lease have such a database: undefined when it does, else the refusal. A template is compared by its whole
 * name.
 */
export function refusedByCeiling(options: {
  params: DatabaseParams;
  connection: ProviderConnection<PostgresConnection>;
}): string | undefined {
  const { template } = options.params;
  const { name, config } = options.connection;
  const allowed = config.ceiling.ephemeralDatabases;
  if (!allowed) {
    return `The ceiling of connection '${name}' does not allow databases of a lease's own (ephemeralDatabases).`;
  }
  if (template === undefined) {
    return undefined;
  }
  if (!allowed.templates.includes(template)) {
    return `Database '${template}' is not among the templates in the ceiling of connection '${name}'.`;
  }
  if (template.startsWith('jit_')) {
    return `Database '${template}' has the name of a lease's database (jit_…) and is never copied.`;
  }
  return undefined;
}
