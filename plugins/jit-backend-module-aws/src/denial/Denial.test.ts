import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import { sessionName } from '../session/sessionName';
import { Denial, denialDocument, denialName, parseDenialName } from './Denial';

const MARK = { installation: 'acme', ledgerId: 'ledger-1' };

const externalName = fc.stringMatching(/^[a-z][a-z0-9_]{2,39}$/);
const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map(s => s * 1000);
const denial: fc.Arbitrary<Denial> = fc.oneof(
  fc.record({ externalName, until: instant }),
  fc.record({ before: instant, until: instant }),
);
const mark = fc.record({ installation: fc.string(), ledgerId: fc.string() });

async function isDenied(options: {
  document: string;
  session: string;
  issuedAt?: number;
}): Promise<boolean> {
  const { document, session, issuedAt = 0 } = options;
  const simulated = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::123456789012:assumed-role/role/${session}`,
        action: 's3:GetObject',
        resource: { resource: 'arn:aws:s3:::b/k', accountId: '123456789012' },
        contextVariables: {
          'aws:userid': `AROAEXAMPLE:${session}`,
          'aws:TokenIssueTime': new Date(issuedAt)
            .toISOString()
            .replace('.000', ''),
        },
      },
      identityPolicies: [
        {
          name: 'all',
          policy: {
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
          },
        },
        { name: 'denial', policy: JSON.parse(document) },
      ],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (simulated.resultType === 'error') {
    throw new Error(JSON.stringify(simulated.errors));
  }
  return simulated.overallResult !== 'Allowed';
}

describe('a denial', () => {
  it('says all of itself in a name that IAM takes, which nobody else’s is', () => {
    fc.assert(
      fc.property(mark, mark, denial, (ours, theirs, one) => {
        const name = denialName(ours, one);
        expect(name).toMatch(/^[\w+=,.@-]{1,128}$/);
        expect(parseDenialName(ours, name)).toEqual(one);
        fc.pre(JSON.stringify(ours) !== JSON.stringify(theirs));
        expect(parseDenialName(theirs, name)).toBeUndefined();
      }),
    );
  });

  it('never takes another policy for its own', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        expect(parseDenialName(MARK, name)).toBeUndefined();
      }),
    );
    const name = denialName(MARK, { externalName: 'jit_a1', until: 0 });
    expect(parseDenialName(MARK, `${name}-x`)).toBeUndefined();
    expect(parseDenialName(MARK, ` ${name}`)).toBeUndefined();
  });

  it('denies the sessions of its lease and no other, by IAM’s own rules', async () => {
    await fc.assert(
      fc.asyncProperty(externalName, externalName, async (one, two) => {
        const document = denialDocument(MARK, { externalName: one, until: 0 });
        const named = (name: string) =>
          sessionName({ externalName: name, mark: MARK });
        expect(await isDenied({ document, session: named(one) })).toBe(true);
        expect(await isDenied({ document, session: named(two) })).toBe(
          one === two,
        );
        expect(await isDenied({ document, session: `${named(one)}x` })).toBe(
          false,
        );
        expect(await isDenied({ document, session: one })).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('of many denies our sessions that were issued before, and nobody else’s', async () => {
    const document = denialDocument(MARK, { before: 60_000, until: 0 });
    const ours = sessionName({ externalName: 'jit_a1', mark: MARK });
    const theirs = sessionName({
      externalName: 'jit_a1',
      mark: { ...MARK, ledgerId: 'ledger-2' },
    });
    for (const [session, issuedAt, denied] of [
      [ours, 59_000, true],
      [ours, 60_000, false],
      [theirs, 0, false],
      ['ada', 0, false],
    ] as const) {
      expect(await isDenied({ document, session, issuedAt })).toBe(denied);
    }
  });
});
