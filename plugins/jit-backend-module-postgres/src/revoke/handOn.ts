import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { LeaseRole } from '../roles/findMarkedRole';
import { reassignToProblem } from '../provider/reassignToProblem';
import { ident } from '../sql/quote';
import { attachedCode } from './attachedCode';
import { ownedCode, ownedData } from './ownedThings';

/** Others wait behind a lock that we wait for. */
export const LOCK_TIMEOUT_MS = 2_000;

/** Of the data: more is handed on, and not named. */
const NAMED = 200;

const NAMED_IN_ERROR = 3;

export interface CleanOptions {
  session: Session;
  role: LeaseRole;
  connection: PostgresConnection;
  /** Lines of what was done are added as each transaction commits. */
  report: string[];
}

/** Somebody may just have given the role more, so this is looked at in the very transaction that hands on. */
async function assertNoCode({ session, role }: CleanOptions): Promise<void> {
  const limits = { oid: role.oid, limit: 1 };
  const code = await ownedCode(session, limits);
  const attached = await attachedCode(session, limits);
  if (code.length + attached.length > 0) {
    throw JitProviderError.retryable(
      `In database '${session.database}' the lease's role was given code at that moment.`,
    );
  }
}

/** What somebody else granted to the role itself, and the admin has no right to revoke. */
async function rightsLeft(options: CleanOptions): Promise<string[]> {
  const rows = await options.session.query<{ thing: string }>(
    `SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid) AS thing
       FROM pg_shdepend d
       JOIN pg_database b ON b.oid = d.dbid AND b.datname = current_database()
      WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = $1::oid
        AND d.deptype <> 'o'
      ORDER BY 1 LIMIT $2`,
    [options.role.oid, NAMED_IN_ERROR],
  );
  return rows.map(row => row.thing);
}

function cannotRevoke(options: CleanOptions, things: string[]): Error {
  const { session, role } = options;
  return JitProviderError.misconfigured(
    `In database '${session.database}' somebody gave role '${
      role.name
    }' itself rights that the admin cannot revoke, on ${things.join(
      ', ',
    )}: revoke them.`,
  );
}

async function dropOwned(options: CleanOptions): Promise<void> {
  const { session, role } = options;
  await session.query('SAVEPOINT rights');
  try {
    await session.query(`DROP OWNED BY ${ident(role.name)}`);
  } catch (error) {
    if (sqlState(error) !== '42501') {
      throw error;
    }
    await session.query('ROLLBACK TO SAVEPOINT rights');
  }
  // Where the admin may not revoke, some versions fail and some only warn.
  const left = await rightsLeft(options);
  if (left.length > 0) {
    throw cannotRevoke(options, left);
  }
}

/** Hands on the data, and takes back every right. */
export async function handOn(options: CleanOptions): Promise<void> {
  const { session, role, connection, report } = options;
  const { reassignTo } = connection;
  const data = await transaction(
    session,
    { lockTimeoutMs: LOCK_TIMEOUT_MS },
    async () => {
      const things = await ownedData(session, { oid: role.oid, limit: NAMED });
      await assertNoCode(options);
      const problem =
        things.length > 0 && (await reassignToProblem(session, connection));
      if (problem) {
        throw JitProviderError.misconfigured(problem);
      }
      if (things.length > 0) {
        await session.query(
          `REASSIGN OWNED BY ${ident(role.name)} TO ${ident(reassignTo)}`,
        );
      }
      await dropOwned(options);
      return things;
    },
  );
  report.push(
    ...data
      .filter(({ kind }) => !['default acl', 'user mapping'].includes(kind))
      .map(
        ({ kind, identity }) =>
          `${session.database}: gave ${kind} ${identity} to ${reassignTo}`,
      ),
    ...(data.length === NAMED
      ? [`${session.database}: and maybe more to ${reassignTo}`]
      : []),
  );
}
