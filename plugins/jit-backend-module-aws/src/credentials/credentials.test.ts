import {
  createLeaseContext,
  RecordingLogger,
} from '@backstage-jit/plugin-jit-test-utils';
import { execFileSync } from 'node:child_process';
import { testCredentials } from '../__testUtils__/testCredentials';
import { AwsClients } from '../connection/AwsClients';
import {
  AwsConnection,
  awsConnectionSchema,
} from '../connection/connectionSchema';
import { credentialForms } from './credentialForms';
import { Fetch, signInLink } from './signInLink';

const KEYS = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: "se/cr+et'$(id)`id`",
  sessionToken: 'token==',
  expiresAt: Date.UTC(2026, 10, 25, 23),
};

function linkBy(
  fetch: Fetch,
  settings: Partial<AwsConnection> = {},
  options: { timeoutMs?: number; role?: string } = {},
) {
  const logger = new RecordingLogger();
  const ctx = createLeaseContext({
    connection: {
      name: 'aws',
      config: awsConnectionSchema.parse({
        accountId: '123456789012',
        ...settings,
      }),
    },
    params: { role: options.role ?? 'arn:aws:iam::123456789012:role/x' },
    logger,
    timeoutMs: options.timeoutMs,
  });
  const clients = new AwsClients({ credentials: testCredentials });
  return { link: signInLink({ ctx, clients, fetch }, KEYS), logger };
}

describe('the forms of keys', () => {
  const forms = credentialForms({
    ...KEYS,
    region: 'eu-west-1',
    profile: 'invoices read',
    signInLink: 'https://signin.example.com/federation?x',
  });
  const valueOf = (id: string) => forms.find(form => form.id === id)!.value;

  it('can be pasted into a shell', () => {
    const out = execFileSync(
      'sh',
      [
        '-c',
        `${valueOf('env')}\nprintf %s "$AWS_SECRET_ACCESS_KEY $AWS_REGION"`,
      ],
      { encoding: 'utf8' },
    );
    expect(out).toBe(`${KEYS.secretAccessKey} eu-west-1`);
  });

  it('are what the SDKs read', () => {
    expect(valueOf('profile').split('\n')).toEqual([
      '[jit-invoices-read]',
      'aws_access_key_id = ASIAEXAMPLE',
      `aws_secret_access_key = ${KEYS.secretAccessKey}`,
      'aws_session_token = token==',
      'region = eu-west-1',
    ]);
    expect(JSON.parse(valueOf('process'))).toEqual({
      Version: 1,
      AccessKeyId: KEYS.accessKeyId,
      SecretAccessKey: KEYS.secretAccessKey,
      SessionToken: KEYS.sessionToken,
      Expiration: '2026-11-25T23:00:00.000Z',
    });
    expect(forms.map(({ id }) => id)).toEqual([
      'env',
      'profile',
      'process',
      'console',
    ]);
  });
});

describe('the sign-in link', () => {
  const answering =
    (body: unknown, status = 200, seen: string[] = []): Fetch =>
    async url => {
      seen.push(url);
      return Response.json(body, { status });
    };

  it('is made of the token that the federation endpoint gives for the keys', async () => {
    const seen: string[] = [];
    const { link } = linkBy(answering({ SigninToken: 'a b' }, 200, seen));
    const url = new URL((await link)!);
    expect(url.origin + url.pathname).toBe(
      'https://signin.aws.amazon.com/federation',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'login',
      Issuer: 'Backstage JIT',
      Destination: 'https://console.aws.amazon.com/',
      SigninToken: 'a b',
    });
    const asked = new URL(seen[0]);
    expect(JSON.parse(asked.searchParams.get('Session')!)).toEqual({
      sessionId: KEYS.accessKeyId,
      sessionKey: KEYS.secretAccessKey,
      sessionToken: KEYS.sessionToken,
    });
  });

  it('is the partition’s own, or of the endpoint in the config', async () => {
    const fetch = answering({ SigninToken: 'x' });
    const role = 'arn:aws-us-gov:iam::123456789012:role/x';
    expect(await linkBy(fetch, {}, { role }).link).toContain(
      'https://signin.amazonaws-us-gov.com/federation?',
    );
    const federationEndpoint = 'https://federation.example.com/';
    expect(await linkBy(fetch, { federationEndpoint }).link).toContain(
      federationEndpoint,
    );
  });

  it.each([
    ['an error', answering({}, 500), {}],
    ['no token', answering({ SigninToken: '' }), {}],
    ['a list', answering([]), {}],
    ['no JSON', async () => new Response('<html>'), {}],
    [
      'a failure',
      async (url: string) => {
        throw new Error(url);
      },
      {},
    ],
    [
      'a token, of an endpoint that is switched off',
      answering({ SigninToken: 'x' }),
      { federationEndpoint: false as const },
    ],
    [
      'a token, of AWS for keys of another STS',
      answering({ SigninToken: 'x' }),
      { stsEndpoint: 'http://localhost:1/' },
    ],
  ])('is left out for %s, without a word', async (_what, fetch, settings) => {
    const { link, logger } = linkBy(fetch, settings);
    expect(await link).toBeUndefined();
    expect(logger.entries).toEqual([]);
  });

  it('holds nobody up', async () => {
    const silent: Fetch = (_url, init) =>
      new Promise((_resolve, reject) =>
        init.signal!.addEventListener('abort', () =>
          reject(init.signal!.reason),
        ),
      );
    expect(await linkBy(silent, {}, { timeoutMs: 1_100 }).link).toBeUndefined();
    const seen: string[] = [];
    const late = answering({ SigninToken: 'x' }, 200, seen);
    expect(await linkBy(late, {}, { timeoutMs: 900 }).link).toBeUndefined();
    expect(seen).toEqual([]);
  });
});
