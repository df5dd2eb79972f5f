import fc from 'fast-check';
import { awsConnectionSchema } from '../connection/connectionSchema';
import { isKeptByAws, matchesPattern, parseRoleArn } from './roleArn';

const ACCOUNT = 'arn:aws:iam::123456789012:role/';

describe('the ceiling', () => {
  it.each([
    [`${ACCOUNT}invoices`, `${ACCOUNT}invoices`, true],
    [`${ACCOUNT}invoices-2`, `${ACCOUNT}invoices`, false],
    [`${ACCOUNT}invoices-2`, `${ACCOUNT}invoices*`, true],
    [`${ACCOUNT}my-invoices`, `${ACCOUNT}invoices*`, false],
    [`${ACCOUNT}team/invoices`, `${ACCOUNT}*`, false],
    [`${ACCOUNT}team/invoices`, `${ACCOUNT}*/*`, true],
    [`${ACCOUNT}a.b`, `${ACCOUNT}a.b`, true],
    [`${ACCOUNT}axb`, `${ACCOUNT}a.b`, false],
  ])('has for %s by %s: %s', (arn, pattern, isIn) => {
    expect(matchesPattern(arn, pattern)).toBe(isIn);
  });

  it('means by a name without * that role alone', () => {
    const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
    fc.assert(
      fc.property(name, name, (one, two) => {
        expect(matchesPattern(ACCOUNT + two, ACCOUNT + one)).toBe(one === two);
        expect(parseRoleArn(ACCOUNT + one)?.name).toBe(one);
      }),
    );
  });

  it.each([
    [['arn:aws:iam::*:role/x'], 'must be the ARN of a role'],
    [['*'], 'must be the ARN of a role'],
    [['arn:aws:iam::210987654321:role/x'], 'is of account 210987654321'],
  ])('cannot be %j', (roles, words) => {
    const parsed = awsConnectionSchema.safeParse({
      accountId: '123456789012',
      ceiling: { roles },
    });
    expect(JSON.stringify(parsed.error?.issues)).toContain(words);
  });

  it.each([
    [{ accountId: 123456789012 }],
    [{ accountId: '123' }],
    [{ stsEndpoint: 'http://sts.example.com' }],
    [{ stsEndpoint: 'https://user:pw@sts.example.com' }],
    [{ region: 'Ireland' }],
    [{ accessKeyId: 'AKIA' }],
  ])('and settings cannot be %j', settings => {
    expect(
      awsConnectionSchema.safeParse({ accountId: '123456789012', ...settings })
        .success,
    ).toBe(false);
  });
});

describe('a role', () => {
  it.each([
    [`${ACCOUNT}aws-reserved/sso.amazonaws.com/AWSReservedSSO_x_1`, true],
    [`${ACCOUNT}aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`, true],
    [`${ACCOUNT}AWSReservedSSO_x_1`, false],
  ])('%s is kept by AWS: %s', (arn, isKept) => {
    expect(isKeptByAws(arn)).toBe(isKept);
  });
});
