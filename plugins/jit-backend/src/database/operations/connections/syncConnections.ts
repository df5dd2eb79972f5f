import { ConnectionConfig } from '../../../config/JitConfig';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * Writes the configured connections into the ledger. One that is not configured any more stays: leases that it made still have to end, and
 * its row is where they wait.
 */
export async function syncConnections(
  { knex }: Ledger,
  connections: ConnectionConfig[],
): Promise<void> {
  for (const { name, type, concurrency } of connections) {
    await knex(TABLES.connections)
      .insert({ name, type, concurrency, slots: concurrency })
      .onConflict('name')
      .merge({
        type,
        concurrency,
        // A connection that is recovering keeps its slow start.
        slots: knex.raw(
          `case when ${TABLES.connections}.failures > 0 then 1 else ? end`,
          [concurrency],
        ),
      });
  }
}
