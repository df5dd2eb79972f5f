import { ConnectionLook } from '../../../tasks/lookAtConnections';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Keeps what the last look at a connection found. */
export async function writeHealth(
  { knex }: Ledger,
  options: { connection: string; look: ConnectionLook },
): Promise<void> {
  await knex(TABLES.connections)
    .where({ name: options.connection })
    .update({ health: JSON.stringify(options.look) });
}
