import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { isOurs, MARK_PREFIXES, parseMark } from '../mark/LeaseMark';
import { findMarkedRole, LeaseRole } from '../roles/findMarkedRole';
import { DatabaseHandle, DatabaseLeaseContext } from './types';

export interface LeaseDatabase {
  oid: number;
  /** Its name now. */
  name: string;
  allowsConnections: boolean;
  /** Whether dropping it was begun: then nothing can be done to it but drop it. */
  broken: boolean;
}

/** What is there of a lease. */
export interface FoundLease {
  /** The role that owns the database and nothing else. Nobody can log in as it, so nobody can change the database's own settings. */
  keeper?: LeaseRole;
  /** The login role that owns what is in the database. */
  owner?: LeaseRole;
  database?: LeaseDatabase;
  /** What is there under a name that we would take, and is not ours. Never touched. */
  taken?: string;
}

export function keeperName(ctx: { externalName: string }): string {
  return `${ctx.externalName}_keeper`;
}

interface Row {
  oid: number;
  name: string;
  keeper: number;
  allowsConnections: boolean;
  broken: boolean;
  comment: string | null;
}

/**
 * Finds the roles of the lease by our mark, which has the name that they were made under: a lease that restores a last copy has them from another one. And
 * the database by its owner: one that belongs to the lease's marked keeper is the lease's, also when we
 * died before we could write our mark in its comment. Another's is not ours, whatever its name and its comment say. Within a transaction.
 *
 * @throws JitProviderError `misconfigured` when what we made is there and somebody has made it theirs
 */
export async function findLease(
  session: Session,
  ctx: DatabaseLeaseContext,
): Promise<FoundLease> {
  const { externalName, handle, mark } = ctx;
  const sought = { of: { externalName }, mark };
  const keeper = await findMarkedRole(session, {
    ...sought,
    kind: 'keeper',
    name: keeperName(ctx),
    oid: handle?.keeper,
  });
  const owner = await findMarkedRole(session, {
    ...sought,
    kind: 'database',
    name: externalName,
    oid: handle?.owner,
  });
  const rows = await session.query<Row & Record<string, unknown>>(
    `SELECT b.oid, b.datname::text AS name, b.datdba AS keeper,
            b.datallowconn AS "allowsConnections", b.datconnlimit = -2 AS broken,
            d.description AS comment
       FROM pg_database b
       LEFT JOIN pg_shdescription d
         ON d.objoid = b.oid AND d.classoid = 'pg_database'::regclass
      WHERE b.datname = $1 OR b.oid = $2::oid OR b.datdba = $3::oid
      ORDER BY b.oid`,
    [externalName, handle?.database ?? 0, keeper.role?.oid ?? 0],
  );
  const kept = rows.filter(row => row.keeper === keeper.role?.oid);
  const isSought = (row: Row) =>
    row.name === externalName || row.oid === handle?.database;
  // No comment at all is what a crash leaves.
  const ours = kept.filter(
    row => isMarked(row, ctx) || (row.comment === null && isSought(row)),
  );
  const relabelled = kept.find(row => isSought(row) && !ours.includes(row));
  if (relabelled) {
    throw JitProviderError.misconfigured(
      `The comment of database '${relabelled.name}' is no longer our mark: restore the comment, or drop the database by hand.`,
    );
  }
  const lost = rows.find(
    row => row.oid === handle?.database && !kept.includes(row),
  );
  if (lost) {
    throw JitProviderError.misconfigured(
      `Database '${lost.name}' was made for this lease, and somebody has given it another owner: give it back to its keeper, or drop it by hand.`,
    );
  }
  const named = rows.find(row => row.name === externalName);
  const theirs = [
    ...(named && !kept.includes(named) ? [`database '${externalName}'`] : []),
    ...(owner.nameTaken ? [`role '${externalName}'`] : []),
    ...(keeper.nameTaken ? [`role '${keeperName(ctx)}'`] : []),
  ];
  return {
    keeper: keeper.role,
    owner: owner.role,
    database: ours.find(row => row.name === externalName) ?? ours[0],
    ...(theirs.length > 0 && { taken: theirs.join(' and ') }),
  };
}

function isMarked(row: Row, ctx: DatabaseLeaseContext): boolean {
  const mark = parseMark('database', row.comment);
  return Boolean(
    mark && isOurs(mark, ctx.mark) && mark.externalName === ctx.externalName,
  );
}

/** What is kept of it. What was known of a thing that is gone stays known. */
export function handleOf(
  found: FoundLease,
  before?: DatabaseHandle,
): DatabaseHandle {
  return {
    ...before,
    v: 1,
    ...(found.keeper && { keeper: found.keeper.oid }),
    ...(found.owner && { owner: found.owner.oid }),
    ...(found.database && { database: found.database.oid }),
  };
}

/** How many databases of ours other leases have, made or being made; within a transaction. */
export async function countOthers(
  session: Session,
  ctx: DatabaseLeaseContext,
): Promise<number> {
  const rows = await session.query<{ comment: string }>(
    `SELECT description AS comment FROM pg_shdescription
      WHERE classoid = 'pg_authid'::regclass AND starts_with(description, $1)`,
    [MARK_PREFIXES.keeper],
  );
  return rows.filter(({ comment }) => {
    const mark = parseMark('keeper', comment);
    return (
      mark && isOurs(mark, ctx.mark) && mark.externalName !== ctx.externalName
    );
  }).length;
}
