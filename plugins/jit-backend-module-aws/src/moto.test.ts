import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AwsFront, AwsSession } from '@backstage-jit/plugin-jit-test-peers';
import { createLease } from './__testUtils__/createLease';
import { testCredentials } from './__testUtils__/testCredentials';
import { AwsStsProvider } from './provider/AwsStsProvider';

jest.setTimeout(120_000);

/** Given by `npm run test:peers`, which starts moto. */
const url = process.env.JIT_TEST_MOTO_URL;
const ROLE = 'invoices-reader';
const MINUTE = 60_000;
const TRUST = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:root' },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  },
};
const THEIRS = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
});

(url ? describe : describe.skip)('aws.sts on moto (npm run test:peers)', () => {
  const iam = new IAMClient({
    region: 'eu-west-1',
    endpoint: url,
    credentials: { accessKeyId: 'admin', secretAccessKey: 'admin' },
  });
  let front: AwsFront;

  /** As moto has them. */
  async function policies(): Promise<Map<string, string>> {
    const { PolicyNames = [] } = await iam.send(
      new ListRolePoliciesCommand({ RoleName: ROLE }),
    );
    const all = new Map<string, string>();
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(
        new GetRolePolicyCommand({ RoleName: ROLE, PolicyName }),
      );
      all.set(PolicyName, decodeURIComponent(PolicyDocument!));
    }
    return all;
  }

  async function may(session: AwsSession, at = Date.now()): Promise<boolean> {
    return await session.may({ inline: await policies(), at });
  }

  const replica = () =>
    AwsStsProvider.create({
      credentials: testCredentials,
      handler: front.handler,
    });

  async function inUse(expiresAt?: number) {
    const lease = createLease({ front, provider: replica() }, { expiresAt });
    await lease.grant();
    const { session, credentials } = await lease.mint();
    return { lease, session, credentials };
  }

  beforeAll(async () => {
    front = await AwsFront.start({ upstream: () => url!, hasPolicies: true });
    await iam.send(
      new CreateRoleCommand({
        RoleName: ROLE,
        AssumeRolePolicyDocument: JSON.stringify(TRUST),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: ROLE,
        PolicyName: 'theirs',
        PolicyDocument: THEIRS,
      }),
    );
  });

  afterEach(() => front.reset());
  afterAll(() => front?.stop());

  it('ends exactly its keys early, and leaves the role as it was', async () => {
    const before = [...(await policies())];
    const ended = await inUse();
    const other = await inUse();
    expect(await may(ended.session)).toBe(true);
    await ended.lease.revoke();
    expect((await ended.lease.inspect()).status).toBe('absent');
    expect(await may(ended.session)).toBe(false);
    expect(await may(other.session)).toBe(true);
    expect((await policies()).size).toBe(2);

    const ctx = ended.lease.context();
    await replica().tidy(ctx);
    expect(await may(ended.session)).toBe(false);
    front.aheadMs = 40 * MINUTE;
    await replica().tidy(ctx);
    expect([...(await policies())]).toEqual(before);
  });

  it('lets keys die at the end of the lease to the second', async () => {
    const end = Math.floor(Date.now() / 1000) * 1000 + 20 * MINUTE;
    const { session, credentials } = await inUse(end);
    expect(Date.parse(credentials.expiresAt!)).toBe(end);
    expect(await may(session, end - 1000)).toBe(true);
    expect(await may(session, end)).toBe(false);
  });

  it('loses none of many ends at once by two replicas', async () => {
    const leases = await Promise.all(Array.from({ length: 20 }, () => inUse()));
    const kept = await inUse();
    await Promise.all(leases.map(({ lease }) => lease.revoke()));
    for (const { lease, session } of leases) {
      expect(await may(session)).toBe(false);
      expect((await lease.inspect()).status).toBe('absent');
    }
    expect(await may(kept.session)).toBe(true);
    for (const name of (await policies()).keys()) {
      if (name !== 'theirs') {
        await iam.send(
          new DeleteRolePolicyCommand({ RoleName: ROLE, PolicyName: name }),
        );
      }
    }
    expect((await leases[0].lease.inspect()).status).not.toBe('absent');
  });
});
