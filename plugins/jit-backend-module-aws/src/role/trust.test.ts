import { Caller, missingTrust } from './trust';

const USER: Caller = {
  accountId: '123456789012',
  arn: 'arn:aws:iam::123456789012:user/backstage',
  userId: 'AIDAEXAMPLE',
};
const ROLE: Caller = {
  accountId: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/backstage/i-1',
  userId: 'AROAEXAMPLE:i-1',
};
const ALL = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

function trusting(Principal: unknown, Action: unknown = ALL, Effect = 'Allow') {
  return { Statement: { Effect, Principal, Action } };
}

describe('the trust policy of a role', () => {
  it.each([
    [USER, trusting('*')],
    [USER, trusting({ AWS: '123456789012' })],
    [USER, trusting({ AWS: 'arn:aws:iam::123456789012:root' })],
    [USER, trusting({ AWS: ['x', USER.arn] }, 'sts:*')],
    [USER, trusting({ AWS: 'AIDAEXAMPLE' }, '*')],
    [ROLE, trusting({ AWS: 'arn:aws:iam::123456789012:role/ops/backstage' })],
    [
      ROLE,
      trusting({ AWS: 'AROAEXAMPLE' }, [
        'STS:AssumeRole',
        'sts:T*',
        'sts:Set*',
      ]),
    ],
    [ROLE, trusting({ AWS: ROLE.arn })],
    [
      USER,
      { Statement: [{ Effect: 'Allow', NotPrincipal: {}, NotAction: 'x' }] },
    ],
    [USER, 'not a policy of a form that we know'],
  ])('may let %j in by %j', (caller, policy) => {
    expect(missingTrust(policy, caller)).toEqual([]);
  });

  it.each([
    [USER, trusting({ AWS: 'arn:aws:iam::210987654321:root' }), ALL],
    [USER, trusting({ Service: 'ec2.amazonaws.com' }), ALL],
    [USER, trusting('*', ALL, 'Deny'), ALL],
    [USER, trusting('*', 'sts:AssumeRole'), ALL.slice(1)],
    [
      ROLE,
      trusting({ AWS: 'arn:aws:iam::123456789012:role/not-backstage' }),
      ALL,
    ],
    [ROLE, trusting({ AWS: 'arn:aws:iam::210987654321:role/backstage' }), ALL],
    [USER, { Statement: [] }, ALL],
  ])('does not let %j in by %j', (caller, policy, missing) => {
    expect(missingTrust(policy, caller)).toEqual(missing);
  });
});
