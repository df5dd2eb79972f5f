import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { LeaseRole } from '../roles/findMarkedRole';
import { LeaseDatabase } from './findLease';
import { DatabaseLeaseContext } from './types';

/** Where the database is and whose what is in it is: what people and later parts of a bundle read. Without secrets. */
export async function factsOf(
  session: Session,
  options: {
    ctx: DatabaseLeaseContext;
    database: LeaseDatabase;
    owner: LeaseRole;
  },
): Promise<Record<string, string>> {
  const { database, owner } = options;
  const { config } = options.ctx.connection;
  const [{ size }] = await transaction(session, { readOnly: true }, () =>
    session.query<{ size: string }>(
      'SELECT pg_size_pretty(pg_database_size($1::oid)) AS size',
      [database.oid],
    ),
  );
  return {
    host: config.publicHost ?? config.host,
    port: String(config.publicPort ?? config.port),
    database: database.name,
    owner: owner.name,
    /** When it was made. */
    size,
  };
}
