import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import {
  createRole,
  joinRole,
  loginAttributes,
  markOf,
} from '../roles/createRole';
import { ident } from '../sql/quote';
import { countOthers, findLease, FoundLease, keeperName } from './findLease';
import { preflight } from './preflight';
import { DatabaseLeaseContext } from './types';

function ownerAttributes(ctx: DatabaseLeaseContext): string {
  return loginAttributes({
    connectionLimit:
      ctx.params.connectionLimit ?? ctx.connection.config.connectionLimit,
    notAfter: ctx.notAfter,
  });
}

/** In the very transaction that makes the roles, one lease after the other: else two could take the last place. */
async function assertRoom(
  session: Session,
  ctx: DatabaseLeaseContext,
): Promise<void> {
  const { installation, ledgerId } = ctx.mark;
  await session.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `backstage-jit databases ${installation} ${ledgerId}`,
  ]);
  const { maximum } = ctx.connection.config.ceiling.ephemeralDatabases!;
  if ((await countOthers(session, ctx)) >= maximum) {
    throw JitProviderError.retryable(
      `Connection '${ctx.connection.name}' has its ${maximum} databases of leases already; this one waits for another to end.`,
    );
  }
}

/**
 * Makes both roles with our mark, before there is any database: the mark of its owner is what a database is known by. Within a transaction.
 *
 * @returns what there is of the lease now
 */
export async function makeRoles(
  session: Session,
  ctx: DatabaseLeaseContext,
): Promise<FoundLease> {
  const found = await findLease(session, ctx);
  if (found.taken) {
    throw JitProviderError.misconfigured(
      `There is a ${found.taken} without our mark; it is left alone.`,
    );
  }
  if (!found.database) {
    const refusal = await preflight(session, {
      template: ctx.params.template,
      connection: ctx.connection.config,
    });
    if (refusal) {
      throw JitProviderError.misconfigured(refusal);
    }
    await assertRoom(session, ctx);
  }
  if (!found.keeper) {
    await createRole(session, {
      name: keeperName(ctx),
      attributes: 'NOLOGIN',
      comment: markOf('keeper', ctx),
    });
  }
  if (found.owner) {
    await session.query(
      `ALTER ROLE ${ident(found.owner.name)} ${ownerAttributes(ctx)}`,
    );
  } else {
    await createRole(session, {
      name: ctx.externalName,
      attributes: ownerAttributes(ctx),
      comment: markOf('database', ctx),
    });
  }
  await joinRole(session, found.keeper?.name ?? keeperName(ctx));
  await joinRole(session, found.owner?.name ?? ctx.externalName);
  return await findLease(session, ctx);
}
