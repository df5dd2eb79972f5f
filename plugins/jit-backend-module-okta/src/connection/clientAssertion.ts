import { createPrivateKey, KeyObject, randomUUID, sign } from 'node:crypto';

/** How long Okta may take the assertion for good, in seconds. */
const LIFE_S = 300;

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** Whether this is a key that Okta takes signatures of. */
export function isPrivateKey(pem: string): boolean {
  const key = readKey(pem);
  return (
    key?.asymmetricKeyType === 'rsa' ||
    (key?.asymmetricKeyType === 'ec' &&
      key.asymmetricKeyDetails?.namedCurve === 'prime256v1')
  );
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** A signed word of the app to the token endpoint that it is the app (RFC 7523). */
export function clientAssertion(options: {
  clientId: string;
  privateKey: string;
  keyId?: string;
  tokenUrl: string;
  /** Epoch milliseconds. */
  now: number;
}): string {
  const { clientId, keyId, tokenUrl } = options;
  const key = createPrivateKey(options.privateKey);
  const isEc = key.asymmetricKeyType === 'ec';
  const issuedAt = Math.floor(options.now / 1000);
  const unsigned = [
    encode({ alg: isEc ? 'ES256' : 'RS256', ...(keyId && { kid: keyId }) }),
    encode({
      iss: clientId,
      sub: clientId,
      aud: tokenUrl,
      iat: issuedAt,
      exp: issuedAt + LIFE_S,
      jti: randomUUID(),
    }),
  ].join('.');
  const signature = sign('sha256', Buffer.from(unsigned), {
    key,
    dsaEncoding: 'ieee-p1363',
  });
  return `${unsigned}.${signature.toString('base64url')}`;
}
