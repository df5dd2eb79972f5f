import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { randomBytes } from 'node:crypto';
import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { credentialForms } from '../credentials/credentialForms';
import { ident, literal } from '../sql/quote';
import { scramVerifier } from '../sql/scramVerifier';
import { LeaseRole } from './findMarkedRole';

const PASSWORD_BYTES = 32;

/** A new random password, and what the server checks it by. */
export interface MintedPassword {
  password: string;
  verifier: string;
}

export async function mintPassword(): Promise<MintedPassword> {
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  return { password, verifier: await scramVerifier(password) };
}

/** Sets it: the one before no longer opens a session, and sessions that it opened go on. Within a transaction. */
export async function setPassword(
  session: Session,
  options: { role: LeaseRole; minted: MintedPassword },
): Promise<void> {
  const { role, minted } = options;
  await session.query(
    `ALTER ROLE ${ident(role.name)} PASSWORD ${literal(minted.verifier)}`,
  );
}

/** What the holder is shown, once. */
export function credentialsOf(options: {
  connection: PostgresConnection;
  role: LeaseRole;
  minted: MintedPassword;
  database: string;
}): IssuedCredentials {
  const { connection, role, minted, database } = options;
  return {
    expiresAt:
      role.validUntil === undefined
        ? undefined
        : new Date(role.validUntil).toISOString(),
    forms: credentialForms({
      host: connection.publicHost ?? connection.host,
      port: connection.publicPort ?? connection.port,
      user: role.name,
      password: minted.password,
      database,
      tls: Boolean(connection.ssl),
    }),
  };
}
