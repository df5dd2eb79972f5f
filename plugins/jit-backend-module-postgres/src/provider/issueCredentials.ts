import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { randomBytes } from 'node:crypto';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { credentialForms } from '../credentials/credentialForms';
import { ident, literal } from '../sql/quote';
import { scramVerifier } from '../sql/scramVerifier';
import { findRole } from './findRole';
import { RoleCall } from './types';

const PASSWORD_BYTES = 32;

/** Sets a new random password: the one before no longer opens a session, and sessions that it opened go on. */
export async function issueCredentials(
  call: RoleCall,
): Promise<IssuedCredentials> {
  const { ctx } = call;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const verifier = await scramVerifier(password);
  const role = await withSession({ ...call, purpose: 'act' }, session =>
    transaction(session, {}, async () => {
      const found = await findRole(session, ctx);
      if (!found.role?.canLogin) {
        throw JitProviderError.misconfigured(
          `Role '${ctx.externalName}' is not there, or may no longer log in.`,
        );
      }
      await session.query(
        `ALTER ROLE ${ident(found.role.name)} PASSWORD ${literal(verifier)}`,
      );
      return found.role;
    }),
  );

  const { config } = ctx.connection;
  return {
    expiresAt:
      role.validUntil === undefined
        ? undefined
        : new Date(role.validUntil).toISOString(),
    forms: credentialForms({
      host: config.publicHost ?? config.host,
      port: config.publicPort ?? config.port,
      user: role.name,
      password,
      database: ctx.params.database ?? config.databases?.[0] ?? config.database,
      tls: Boolean(config.ssl),
    }),
  };
}
