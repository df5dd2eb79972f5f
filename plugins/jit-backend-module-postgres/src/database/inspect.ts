import { Inspection } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { sessionName, withSession } from '../connection/withSession';
import { remainsOf } from '../revoke/remainsOf';
import { blockersOf } from './blockersOf';
import { findLease, FoundLease } from './findLease';
import { DatabaseCall, DatabaseLeaseContext } from './types';

interface Alive {
  /** Of the owner, wherever, and in the database, whoever's. */
  sessions: number;
  /** Our own that were let go with a statement, which goes on. */
  acting: number;
}

async function alive(
  session: Session,
  ctx: DatabaseLeaseContext,
  found: FoundLease,
): Promise<Alive> {
  const [row] = await session.query<Alive & Record<string, unknown>>(
    `SELECT count(*) FILTER (WHERE usesysid = $1::oid
                                OR (datid = $2::oid AND usesysid IS NOT NULL))::int AS sessions,
            count(*) FILTER (WHERE usename = current_user
                               AND application_name = $3 AND state = 'active'
                               AND query ~ '^(CREATE|DROP) DATABASE')::int AS acting
       FROM pg_stat_activity WHERE pid <> pg_backend_pid()`,
    [
      found.owner?.oid ?? ctx.handle?.owner ?? 0,
      found.database?.oid ?? 0,
      sessionName(ctx.externalName),
    ],
  );
  return row;
}

/** What blocks the end is said only of a database that is being taken back: before, it is just in use. */
async function blockers(
  session: Session,
  found: FoundLease,
  { sessions }: Alive,
): Promise<string[]> {
  const { owner, keeper, database } = found;
  if (owner?.canLogin) {
    return [];
  }
  return [
    ...(sessions > 0 ? [`${sessions} session(s) are still open`] : []),
    ...(database ? await blockersOf(session, database) : []),
    ...(!database && owner ? await remainsOf(session, owner) : []),
    ...(!database && keeper ? await remainsOf(session, keeper) : []),
  ];
}

/** Looks for the database, its roles and its sessions. What has their names and not our mark is somebody else's and does not count. */
export async function inspect(call: DatabaseCall): Promise<Inspection> {
  const { ctx } = call;
  return await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => {
      const found = await findLease(session, ctx);
      const live = await alive(session, ctx, found);
      if (live.acting > 0) {
        return { status: 'pending', lookAgainIn: { seconds: 1 } };
      }
      const { database, owner, keeper } = found;
      if (!database && !owner && !keeper && live.sessions === 0) {
        return { status: 'absent' };
      }
      const why = await blockers(session, found, live);
      return {
        status: 'present',
        ...(why.length > 0 && { blockers: why }),
      };
    }),
  );
}
