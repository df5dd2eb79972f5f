import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { attachedCode } from './attachedCode';
import { dropCode } from './dropCode';
import { CleanOptions, handOn, LOCK_TIMEOUT_MS } from './handOn';
import { ownedCode } from './ownedThings';

/** In one transaction: each dropped thing keeps a lock until its end, and the server has room for some thousands. */
const BATCH = 200;

const NAMED_IN_ERROR = 3;

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
