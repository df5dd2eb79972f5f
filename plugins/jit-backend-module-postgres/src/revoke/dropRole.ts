import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { FoundRole } from '../roles/findMarkedRole';
import { ident } from '../sql/quote';
import { remainsOf } from './remainsOf';

const LOCK_TIMEOUT_MS = 2_000;

/**
 * Drops the role once none of its sessions is left: without the role, nobody could say any more whose they are.
 *
 * @param find - looks for the role by its mark, within a transaction
 * @returns whether it is gone; false when a session came to light that was logging in while the login was closed
 */
export async function dropRole(
  session: Session,
  find: () => Promise<FoundRole>,
): Promise<boolean> {
  try {
    return await transaction(
      session,
      { lockTimeoutMs: LOCK_TIMEOUT_MS },
      async () => {
        const { role } = await find();
        if (!role) {
          return true;
        }
        const alive = await session.query(
          'SELECT pid FROM pg_stat_activity WHERE usesysid = $1::oid',
          [role.oid],
        );
        if (alive.length > 0) {
          return false;
        }
        await session.query(`DROP ROLE ${ident(role.name)}`);
        return true;
      },
    );
  } catch (error) {
    if (sqlState(error) !== '2BP01') {
      throw error;
    }
    const remains = await transaction(session, { readOnly: true }, async () => {
      const { role } = await find();
      return role ? await remainsOf(session, role) : [];
    });
    throw JitProviderError.retryable(
      `The role cannot be dropped yet. ${
        remains.join('. ') || 'Something still refers to it'
      }.`,
      error,
    );
  }
}
