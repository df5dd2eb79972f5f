import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** PostgreSQL's own default. Our passwords are random, so more rounds would only slow the holder's login. */
const ITERATIONS = 4096;

/**
 * What PostgreSQL stores to check a password by, in its own format (RFC 5802, RFC 7677). A statement that sets it does not carry the
 * password, and whoever reads it cannot log in with it.
 *
 * The password must be printable ASCII: that is where SASLprep changes nothing.
 */
export async function scramVerifier(
  password: string,
  options?: { salt?: Buffer; iterations?: number },
): Promise<string> {
  if (!/^[\x21-\x7e]+$/.test(password)) {
    throw new Error('The password must be printable ASCII');
  }
  const salt = options?.salt ?? randomBytes(16);
  const iterations = options?.iterations ?? ITERATIONS;
  const salted = await derive(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted)
    .update('Server Key')
    .digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString(
    'base64',
  )}$${storedKey}:${serverKey}`;
}
