import { ConnectionCondition } from '../../../policy';
import { ConnectionLook } from '../../../tasks/lookAtConnections';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** How long after it was last tried a failure is still believed. */
const BELIEVED_MS = 30_000;

/**
 * Whether calls on a connection fail, in our own words; undefined when it was never used.
 *
 * While leases need a connection that is away, it is tried again and again. When none does, nobody tries it: then an old failure must not keep out
 * the one who would.
 */
export async function readConnectionCondition(
  { knex, clock }: Ledger,
  options: { name: string },
): Promise<ConnectionCondition> {
  const row = await knex(TABLES.connections)
    .where('name', options.name)
    .first('failing_since', 'last_error', 'health', {
      recent: knex.raw('paused_until + ? > ?', [BELIEVED_MS, clock.sql(knex)]),
    });
  if (!row) {
    return undefined;
  }
  const look: ConnectionLook | undefined = row.health
    ? JSON.parse(row.health)
    : undefined;
  if (look?.state === 'repointed') {
    return { state: 'repointed', message: look.message };
  }
  if (row.failing_since === null || !row.recent) {
    return { state: 'ok' };
  }
  return {
    state: 'down',
    ...(row.last_error && { message: String(row.last_error) }),
  };
}
