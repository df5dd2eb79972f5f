import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ConnectionCall } from './types';

/**
 * The number that initdb gave the cluster. It stays over restarts, upgrades in place of the same major version and failover to a
 * standby; a byte copy of the cluster has it too.
 */
export async function identity(call: ConnectionCall): Promise<string> {
  return await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => {
      try {
        const [row] = await session.query<{ id: string }>(
          'SELECT system_identifier::text AS id FROM pg_control_system()',
        );
        return `postgres:${row.id}`;
      } catch (error) {
        if (sqlState(error) === '42501') {
          throw JitProviderError.misconfigured(
            'The admin may not read the identity of the server: GRANT EXECUTE ON FUNCTION pg_control_system() TO the admin.',
            error,
          );
        }
        throw error;
      }
    }),
  );
}
