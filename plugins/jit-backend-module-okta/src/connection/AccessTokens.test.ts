import { failureOf } from '@backstage-jit/plugin-jit-test-utils';
import {
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  verify,
} from 'node:crypto';
import { callTo, read, remove } from '../__testUtils__/scriptedCall';
import { ScriptedOkta } from '../__testUtils__/ScriptedOkta';

let okta: ScriptedOkta;

beforeEach(async () => {
  okta = await ScriptedOkta.start();
});

afterEach(async () => {
  await okta.stop();
});

describe('an OAuth service app', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const app = ({ privateKey }: { privateKey: KeyObject }) => ({
    clientId: 'app-1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keyId: 'key-1',
  });
  let made = 0;
  const answer = (issue: () => { status?: number; body: string }) => {
    okta.answer = ({ url }) =>
      url === '/oauth2/v1/token' ? issue() : { body: '{"id":"1"}' };
  };
  const issue = (seconds: number) => () => {
    made += 1;
    return {
      body: `{"access_token":"access-${made}","token_type":"Bearer","expires_in":${seconds}}`,
    };
  };

  it.each([
    ['RS256', rsa],
    ['ES256', ec],
  ])(
    'signs in by its key (%s), and keeps the token while it is good',
    async (alg, pair) => {
      answer(issue(3600));
      const call = callTo(okta, app(pair));
      await read(call);
      await read(call);
      const [signIn, first, second] = okta.seen;
      expect(okta.seen).toHaveLength(3);
      expect(first.authorization).toBe(`Bearer access-${made}`);
      expect(second.authorization).toBe(first.authorization);

      const form = new URLSearchParams(signIn.body);
      expect(form.get('scope')).toBe('okta.groups.manage okta.users.read');
      const assertion = form.get('client_assertion')!;
      const [head, claims, signature] = assertion.split('.');
      const parse = (part: string) =>
        JSON.parse(Buffer.from(part, 'base64url').toString());
      expect(parse(head)).toEqual({ alg, kid: 'key-1' });
      const { iss, sub, aud, iat, exp } = parse(claims);
      expect([iss, sub, aud]).toEqual([
        'app-1',
        'app-1',
        `${okta.url}/oauth2/v1/token`,
      ]);
      expect(exp - iat).toBe(300);
      expect(
        verify(
          'sha256',
          Buffer.from(`${head}.${claims}`),
          {
            key: createPublicKey(
              pair.publicKey.export({ type: 'spki', format: 'pem' }),
            ),
            dsaEncoding: 'ieee-p1363',
          },
          Buffer.from(signature, 'base64url'),
        ),
      ).toBe(true);
    },
  );

  it('asks for another token before the old one ends, and after it was refused', async () => {
    answer(issue(30));
    const short = callTo(okta, app(rsa));
    await read(short);
    await read(short);
    expect(okta.seen.filter(({ method }) => method === 'POST')).toHaveLength(2);

    answer(issue(3600));
    const call = callTo(okta, app(rsa));
    await read(call);
    const good = okta.answer;
    okta.answer = seen =>
      seen.method === 'GET' ? { status: 401 } : good(seen);
    expect(await failureOf(read(call))).toMatchObject({ class: 'connection' });
    okta.answer = good;
    await read(call);
    expect(okta.seen.at(-1)?.authorization).toBe(`Bearer access-${made}`);
    expect(okta.seen.filter(({ method }) => method === 'POST')).toHaveLength(4);
  });

  it('says what is wrong when it may not sign in', async () => {
    for (const [status, body, expected] of [
      [400, '{"error":"invalid_scope"}', 'misconfigured'],
      [401, '{"error":"invalid_client"}', 'connection'],
      [429, '{}', 'rate-limited'],
      [500, '{}', 'retryable'],
      [
        200,
        '{"access_token":"a","token_type":"DPoP","expires_in":1}',
        'connection',
      ],
    ] as const) {
      answer(() => ({ status, body }));
      // Nothing was asked of Okta yet, so not even a write is in doubt.
      expect(await failureOf(remove(callTo(okta, app(rsa))))).toMatchObject({
        class: expected,
      });
    }
    expect(okta.seen.every(({ method }) => method === 'POST')).toBe(true);
  });
});
