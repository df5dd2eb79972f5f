import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { LeaseRole } from '../provider/findRole';
import { reassignToProblem } from '../provider/reassignToProblem';
import { ident } from '../sql/quote';
import { attachedCode } from './attachedCode';
import { dropCode } from './dropCode';
import { ownedCode, ownedData } from './ownedThings';

/** In one transaction: each dropped thing keeps a lock until its end, and the server has room for some thousands. */
const BATCH = 200;

/** Others wait behind a lock that we wait for. */
const LOCK_TIMEOUT_MS = 2_000;

const NAMED_IN_ERROR = 3;

export interface CleanOptions {
  session: Session;
  role: LeaseRole;
  connection: PostgresConnection;
  /** Lines of what was done are added as each transaction commits. */
  report: string[];
}

/** Drops one batch of code; false when there is none left but what is blocked. */
async function dropBatch(
  options: CleanOptions,
  blocked: Map<number, string>,
): Promise<boolean> {
  const { session, role, report } = options;
  const lines = await transaction(
    session,
    { lockTimeoutMs: LOCK_TIMEOUT_MS },
    async () => {
      const attached = await attachedCode(session, {
        oid: role.oid,
        limit: BATCH,
      });
      if (attached.length > 0) {
        await session.query(attached.map(code => code.sql).join('; '));
        return attached.map(code => `dropped ${code.kind} ${code.identity}`);
      }
      const objects = await ownedCode(session, {
        oid: role.oid,
        limit: BATCH,
        except: [...blocked.keys()],
      });
      if (objects.length === 0) {
        return undefined;
      }
      const dropped = await dropCode(session, { objects, owner: role.oid });
      for (const { oid, why } of dropped.blocked) {
        blocked.set(oid, why);
      }
      return dropped.report;
    },
  );
  report.push(...(lines ?? []).map(line => `${session.database}: ${line}`));
  return lines !== undefined;
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

/** Hands on the data, and takes back every right. */
async function handOn(options: CleanOptions): Promise<void> {
  const { session, role, connection, report } = options;
  const { reassignTo } = connection;
  const data = await transaction(
    session,
    { lockTimeoutMs: LOCK_TIMEOUT_MS },
    async () => {
      const things = await ownedData(session, { oid: role.oid, limit: BATCH });
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
      await session.query(`DROP OWNED BY ${ident(role.name)}`);
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
    ...(data.length === BATCH
      ? [`${session.database}: and maybe more to ${reassignTo}`]
      : []),
  );
}

/**
 * Takes from the role all that it has in one database: code dropped, data handed on, rights taken back. Code is never handed on: a
 * function with the rights of its owner would be access for ever.
 *
 * In several transactions, each a step that stays done.
 */
export async function cleanDatabase(options: CleanOptions): Promise<void> {
  const blocked = new Map<number, string>();
  while (await dropBatch(options, blocked)) {
    // Each batch looks anew.
  }
  if (blocked.size > 0) {
    const whys = [...blocked.values()].slice(0, NAMED_IN_ERROR).join('; ');
    const more = blocked.size - NAMED_IN_ERROR;
    throw JitProviderError.misconfigured(
      `In database '${
        options.session.database
      }' code of the lease cannot be dropped: ${whys}${
        more > 0 ? `; and ${more} more` : ''
      }. Remove what depends on it.`,
    );
  }
  await handOn(options);
}
