import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import {
  createLeaseContext,
  RecordingLogger,
} from '@backstage-jit/plugin-jit-test-utils';
import {
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import { ScriptedOkta } from '../__testUtils__/ScriptedOkta';
import { AccessTokens } from './AccessTokens';
import { OktaConnection, oktaConnectionSchema } from './connectionSchema';
import { get, list, OktaCall, write } from './OktaClient';

const TOKEN = '00very-secret-token';
const PURPOSE = {
  purpose: 'look a user up',
  right: 'the scope okta.users.read',
};
const NOON = Date.parse('2030-06-01T12:00:00Z');

let okta: ScriptedOkta;

beforeEach(async () => {
  okta = await ScriptedOkta.start();
});

afterEach(async () => {
  await okta.stop();
});

function callTo(
  settings: Partial<OktaConnection> = {},
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
): OktaCall {
  const ctx = createLeaseContext({
    params: {},
    connection: {
      name: 'acme',
      config: oktaConnectionSchema.parse({
        orgUrl: okta.url,
        ...('clientId' in settings ? {} : { token: TOKEN }),
        ...settings,
      }),
    },
    ...options,
  });
  return {
    ctx,
    fetch: (url, init) => fetch(url, init),
    tokens: new AccessTokens(),
  };
}

const read = (call = callTo()) =>
  get(
    call,
    { ...PURPOSE, path: '/api/v1/users/1' },
    z.object({ id: z.string() }),
  );
const remove = (call = callTo()) =>
  write(call, {
    ...PURPOSE,
    method: 'DELETE',
    path: '/api/v1/groups/1/users/1',
  });

async function failure(run: Promise<unknown>): Promise<JitProviderError> {
  const error = await run.then(
    answer => answer,
    thrown => thrown,
  );
  if (!JitProviderError.is(error)) {
    throw new Error(`Not refused: ${JSON.stringify(error)}`);
  }
  expect(JSON.stringify([error.message, error])).not.toContain(TOKEN);
  return error;
}

describe('requests to Okta', () => {
  it.each([
    // The org's clock is ten minutes ahead of ours; only the distance counts.
    [
      { date: 600, 'x-rate-limit-limit': '50', 'x-rate-limit-reset': 627 },
      27_000,
    ],
    [{ date: 0, 'x-rate-limit-limit': '50', 'x-rate-limit-reset': -5 }, 1_000],
    [
      { date: 0, 'x-rate-limit-limit': '50', 'x-rate-limit-reset': 90_000 },
      600_000,
    ],
    [{ date: 0, 'x-rate-limit-limit': '0', 'x-rate-limit-reset': 40 }, 5_000],
    [{ date: 0, 'retry-after': '7' }, 7_000],
    [{ date: 0, 'x-rate-limit-reset': 'soon' }, 60_000],
    [{}, 60_000],
  ])('come back when a 429 says: %j', async (given, expected) => {
    const at = (seconds: number) => NOON + seconds * 1000;
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => {
        if (typeof value === 'string') {
          return [name, value];
        }
        return [
          name,
          name === 'date'
            ? new Date(at(value)).toUTCString()
            : `${at(value) / 1000}`,
        ];
      }),
    );
    okta.answer = () => ({ status: 429, headers, body: '{}' });
    for (const run of [read, remove]) {
      expect(await failure(run())).toMatchObject({
        class: 'rate-limited',
        retryAfterMs: expected,
      });
    }
  });

  it.each([
    [401, 'connection', 'connection', 'the token has expired or was revoked'],
    [
      403,
      'misconfigured',
      'misconfigured',
      '(403, E0000006): it needs the scope okta.users.read',
    ],
    [400, 'misconfigured', 'misconfigured', '(400, E0000006)'],
    [302, 'misconfigured', 'misconfigured', "use the org's own address"],
    [500, 'retryable', 'unknown-outcome', 'Okta failed (500)'],
    [503, 'retryable', 'unknown-outcome', 'Okta failed (503)'],
  ])('tell a %i apart', async (status, reading, writing, words) => {
    okta.answer = () => ({
      status,
      headers: { location: `${okta.url}/elsewhere` },
      body: `{"errorCode":"E0000006","errorSummary":"echo ${TOKEN}"}`,
    });
    expect(await failure(read())).toMatchObject({
      class: reading,
      message: expect.stringContaining(words),
    });
    expect(await failure(remove())).toMatchObject({ class: writing });
    // A redirect is not followed with the token in hand.
    expect(okta.seen).toHaveLength(2);
    expect(okta.seen[0].authorization).toBe(`SSWS ${TOKEN}`);
  });

  it("take only Okta's own word that something does not exist", async () => {
    okta.answer = () => ({
      status: 404,
      body: '{"errorCode":"E0000007","errorSummary":"Not found"}',
    });
    expect(await read()).toBeUndefined();
    expect(await remove()).toBe(false);

    okta.answer = () => ({ status: 404, body: '<html>Not Found</html>' });
    expect(await failure(read())).toMatchObject({ class: 'connection' });
    expect(await failure(remove())).toMatchObject({ class: 'unknown-outcome' });

    for (const body of ['<html>Sign in to the proxy</html>', '{"id":7}']) {
      okta.answer = () => ({ body });
      expect(await failure(read())).toMatchObject({
        class: 'connection',
        message: expect.stringContaining('does not answer as Okta does'),
      });
    }
  });

  it('know whether anything was sent when no answer comes', async () => {
    for (const cut of ['before', 'within'] as const) {
      okta.answer = () => ({ cut, body: '{"id":"1"}' });
      expect(await failure(read())).toMatchObject({ class: 'connection' });
      expect(await failure(remove())).toMatchObject({
        class: 'unknown-outcome',
      });
    }
    okta.answer = () => ({ silent: true });
    expect(await failure(remove(callTo({}, { timeoutMs: 100 })))).toMatchObject(
      {
        class: 'unknown-outcome',
      },
    );

    const before = okta.seen.length;
    const given = callTo({}, { signal: AbortSignal.abort() });
    expect(await failure(remove(given))).toMatchObject({ class: 'retryable' });
    expect(okta.seen).toHaveLength(before);

    const call = callTo();
    await okta.stop();
    for (const run of [read, remove]) {
      expect(await failure(run(call))).toMatchObject({
        class: 'connection',
        message:
          "The org of connection 'acme' cannot be reached (ECONNREFUSED).",
      });
    }
  });

  it('read lists to their end, on the org alone, or fail', async () => {
    const all = (call = callTo()) =>
      list(
        call,
        { ...PURPOSE, path: '/api/v1/groups' },
        z.object({ id: z.string() }),
      );
    const next = (url: string) => ({
      link: `<${okta.url}/self>; rel="self", <${url}>; rel="next"`,
    });
    okta.answer = ({ url }) =>
      url.includes('after=')
        ? { body: '[{"id":"3"}]', headers: { link: '<x>; rel="self"' } }
        : {
            body: '[{"id":"1"},{"id":"2"}]',
            headers: next(`${okta.url}/api/v1/groups?after=2`),
          };
    expect(await all()).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);

    okta.answer = ({ url }) =>
      url.includes('after=')
        ? { status: 500 }
        : { body: '[]', headers: next(`${okta.url}/?after=2`) };
    expect(await failure(all())).toMatchObject({ class: 'retryable' });

    const elsewhere = await ScriptedOkta.start();
    okta.answer = () => ({ body: '[]', headers: next(`${elsewhere.url}/`) });
    expect(await failure(all())).toMatchObject({ class: 'connection' });
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.stop();

    okta.answer = () => ({ body: '[]', headers: next(`${okta.url}/again`) });
    expect(await failure(all())).toMatchObject({ class: 'connection' });
  });
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
      const call = callTo(app(pair));
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
    const short = callTo(app(rsa));
    await read(short);
    await read(short);
    expect(okta.seen.filter(({ method }) => method === 'POST')).toHaveLength(2);

    answer(issue(3600));
    const call = callTo(app(rsa));
    await read(call);
    const good = okta.answer;
    okta.answer = seen =>
      seen.method === 'GET' ? { status: 401 } : good(seen);
    expect(await failure(read(call))).toMatchObject({ class: 'connection' });
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
      expect(await failure(remove(callTo(app(rsa))))).toMatchObject({
        class: expected,
      });
    }
    expect(okta.seen.every(({ method }) => method === 'POST')).toBe(true);
  });
});

describe('the settings of a connection', () => {
  const parse = (settings: object) =>
    oktaConnectionSchema.safeParse({
      orgUrl: 'https://acme.okta.com',
      token: TOKEN,
      ...settings,
    });

  it('are read with the least rights', () => {
    expect(parse({ orgUrl: 'https://acme.okta.com/' }).data).toEqual({
      orgUrl: 'https://acme.okta.com',
      token: TOKEN,
      scopes: ['okta.groups.manage', 'okta.users.read'],
      userBy: 'email',
      ceiling: { groups: [] },
    });
    expect(parse({ orgUrl: 'http://localhost:4006' }).success).toBe(true);
  });

  it.each([
    [{ orgUrl: 'http://acme.okta.com' }],
    [{ orgUrl: 'http://localhost.evil.example' }],
    [{ orgUrl: 'https://user:pw@acme.okta.com' }],
    [{ orgUrl: 'https://acme.okta.com/api' }],
    [{ orgUrl: 'acme' }],
    [{ token: undefined }],
    [{ clientId: 'app', privateKey: 'not a key' }],
    [{ token: undefined, clientId: 'app' }],
    [{ clientId: 'app' }],
    [{ userBy: 'name' }],
    [{ ceiling: { groups: [''] } }],
    [{ sealing: {} }],
  ])(
    'are refused when they are wrong, without showing the secret: %j',
    settings => {
      const result = parse(settings);
      expect(result.success).toBe(false);
      expect(JSON.stringify(result.error?.issues)).not.toContain(TOKEN);
    },
  );

  it('leave nothing in the log', async () => {
    okta.answer = () => ({ status: 500 });
    const call = callTo();
    await failure(read(call));
    expect((call.ctx.logger as RecordingLogger).entries).toEqual([]);
  });
});
