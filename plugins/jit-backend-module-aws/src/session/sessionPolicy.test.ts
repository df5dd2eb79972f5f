import { stsParamsSchema } from '../provider/paramsSchema';
import { buildSessionPolicy } from './sessionPolicy';

const ROLE = 'arn:aws:iam::123456789012:role/invoices-reader';
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function problemsOf(sessionPolicy: unknown): string {
  const parsed = stsParamsSchema.safeParse({ role: ROLE, sessionPolicy });
  return parsed.success
    ? ''
    : parsed.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('\n');
}

describe('the session policy of a profile', () => {
  it.each([
    [{ Statement: READ }],
    [{ Version: '2012-10-17', Statement: [READ, { ...READ, Effect: 'Deny' }] }],
    [JSON.stringify({ Statement: READ })],
    [
      {
        Statement: {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        },
      },
    ],
    [{ Statement: { Effect: 'Deny', NotAction: 's3:*', Resource: '*' } }],
  ])('may be %j', policy => {
    expect(problemsOf(policy)).toBe('');
  });

  it.each([
    ['{"Statement":', 'sessionPolicy: is not JSON'],
    ['"text"', 'sessionPolicy: '],
    [[], 'sessionPolicy: '],
    [{}, 'sessionPolicy: Statement'],
    [{ Version: '2008-10-17', Statement: READ }, 'sessionPolicy: Version'],
    [{ Statement: [] }, 'Statement'],
    [{ Statement: { ...READ, Principal: '*' } }, 'cannot have Principal'],
    [
      { Statement: { ...READ, Action: undefined, NotAction: 'iam:*' } },
      'would allow everything but what it names',
    ],
    [
      {
        Statement: {
          ...READ,
          Resource: undefined,
          NotResource: 'arn:aws:s3:::a',
        },
      },
      'would allow everything but what it names',
    ],
    [{ Statement: { ...READ, Action: ['s3:Get*', '*'] } }, 'narrows nothing'],
    [{ Statement: { ...READ, NotAction: 's3:*' } }, 'must have one of Action'],
    [{ Statement: { Effect: 'Allow', Action: 's3:*' } }, 'one of Resource'],
    [
      { Statement: { ...READ, Resource: 'arn:aws:s3:::'.padEnd(1900, 'x') } },
      'STS takes 2048',
    ],
  ])('may not be %j', (policy, words) => {
    expect(problemsOf(policy)).toContain(words);
  });

  it('is kept word for word before what ends it', () => {
    const { Statement } = JSON.parse(
      buildSessionPolicy({
        sessionPolicy: JSON.stringify({ Statement: READ }),
        end: Date.UTC(2026, 10, 25, 23, 0, 0),
      }),
    );
    expect(Statement).toEqual([
      READ,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          DateGreaterThanEquals: { 'aws:CurrentTime': '2026-11-25T23:00:00Z' },
        },
      },
      { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' },
    ]);
  });
});

describe('the parameters of a profile', () => {
  it.each([
    [{ role: 'invoices-reader' }, 'whole ARN'],
    [{ role: 'arn:aws:iam::123456789012:role/*' }, 'whole ARN'],
    [{ role: 'arn:aws:iam::123456789012:user/ada' }, 'whole ARN'],
    [{ role: ROLE, keysFor: '10m' }, 'between 15 minutes and 12 hours'],
    [{ role: ROLE, keysFor: '13h' }, 'between 15 minutes and 12 hours'],
    [{ role: ROLE, tags: { 'jit:lease': 'mine' } }, 'cannot begin with'],
    [{ role: ROLE, tags: { a: 'b\n' } }, 'does not take in tags'],
    [{ role: ROLE, policy: {} }, 'policy'],
  ])('%j are refused', (params, words) => {
    const parsed = stsParamsSchema.safeParse(params);
    expect(JSON.stringify(parsed.error?.issues)).toContain(words);
  });

  it.each([
    ['30m', 1800],
    ['12h', 43_200],
    [{ hours: 1, minutes: 30 }, 5400],
  ])('let keys last %j', (keysFor, seconds) => {
    expect(stsParamsSchema.parse({ role: ROLE, keysFor }).keysFor).toBe(
      seconds,
    );
  });
});
