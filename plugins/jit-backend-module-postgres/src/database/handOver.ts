import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { LeaseRole } from '../roles/findMarkedRole';
import { ident } from '../sql/quote';
import { LeaseDatabase } from './findLease';
import { findGivers, Giver } from './givers';

/**
 * The schemas first: PostgreSQL gives a function only to a role that may make things in its schema. `public` has no owner of its own until somebody
 * is made it.
 */
async function handOverSchemas(
  session: Session,
  options: { givers: Giver[]; owner: LeaseRole },
): Promise<void> {
  const schemas = await session.query<{ name: string }>(
    `SELECT nspname::text AS name FROM pg_namespace
      WHERE nspowner = ANY ($1::oid[])
         OR (nspname = 'public' AND nspowner = 'pg_database_owner'::regrole)
      ORDER BY 1`,
    [options.givers.map(giver => giver.oid)],
  );
  for (const { name } of schemas) {
    await session.query(
      `ALTER SCHEMA ${ident(name)} OWNER TO ${ident(options.owner.name)}`,
    );
  }
}

/**
 * Makes the holder the owner of what came with the template, as far as it can be handed over, and of the schema `public`. Within a transaction in the
 * database.
 */
export async function handOver(
  session: Session,
  options: {
    database: LeaseDatabase;
    owner: LeaseRole;
    connection: PostgresConnection;
  },
): Promise<void> {
  const { database, owner, connection } = options;
  const all = await findGivers(session, {
    database: database.oid,
    connection,
    except: [owner.oid],
  });
  const givers = all.filter(({ gives }) => gives);
  await handOverSchemas(session, { givers, owner });
  for (const giver of givers) {
    try {
      await session.query(
        `REASSIGN OWNED BY ${ident(giver.name)} TO ${ident(owner.name)}`,
      );
    } catch (error) {
      if (sqlState(error) !== '42501') {
        throw error;
      }
      throw JitProviderError.misconfigured(
        `What role '${giver.name}' owns in the template cannot be handed over, because some of it lies in a schema of another role: make '${giver.name}' the owner of that schema in the template.`,
        error,
      );
    }
  }
}
