import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { markOf } from '../roles/createRole';
import { LeaseRole } from '../roles/findMarkedRole';
import { ident, literal } from '../sql/quote';
import { LeaseDatabase } from './findLease';
import { handOver } from './handOver';
import { DatabaseCall, DatabaseLeaseContext } from './types';

/** Marks the database, shuts PUBLIC out of it, and lets the owner of what is in it in: all at once. */
async function open(
  session: Session,
  options: {
    ctx: DatabaseLeaseContext;
    database: LeaseDatabase;
    owner: LeaseRole;
  },
): Promise<void> {
  const database = ident(options.database.name);
  const owner = ident(options.owner.name);
  const mark = literal(markOf('database', options.ctx));
  await session.query(`COMMENT ON DATABASE ${database} IS ${mark}`);
  await session.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await session.query(
    `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${database} TO ${owner}`,
  );
  await session.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
}

/** Gives the database to its holder. Done again, it changes nothing. */
export async function openDatabase(
  call: DatabaseCall,
  options: { session: Session; database: LeaseDatabase; owner: LeaseRole },
): Promise<void> {
  const { session } = options;
  await transaction(session, {}, () =>
    open(session, { ...options, ctx: call.ctx }),
  );
  await withSession(
    { ...call, database: options.database.name, purpose: 'join' },
    within =>
      transaction(within, {}, () =>
        handOver(within, {
          ...options,
          connection: call.ctx.connection.config,
        }),
      ),
  );
}
