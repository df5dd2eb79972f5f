import fc from 'fast-check';
import { decideApproval } from './approval';
import { decideBreakGlass, decideEligibility } from './eligibility';
import { PeopleRule } from './Profile';
import { entityFor, profileFor } from './__testUtils__/fixtures';

const TARGET = 'resource:default/orders-db';
const USERS = ['user:default/alice', 'user:default/bob', 'user:default/carol'];
const GROUPS = ['group:default/a', 'group:default/b', 'group:other/a'];

const rule = fc.oneof(
  fc.constantFrom(...USERS).map((ref): PeopleRule => ({ kind: 'user', ref })),
  fc.constantFrom(...GROUPS).map((ref): PeopleRule => ({ kind: 'group', ref })),
  fc.constant<PeopleRule>({ kind: 'owner' }),
);
const rules = fc.array(rule, { maxLength: 4 });
const subject = fc.record({
  ref: fc.constantFrom(...USERS),
  groups: fc.subarray(GROUPS),
});
const target = fc.record({
  ref: fc.constantFrom(TARGET, 'resource:other/orders-db'),
  owners: fc.subarray([...USERS, ...GROUPS], { maxLength: 2 }),
});

/** The rule's meaning, written a second time and as plainly as can be. */
function names(
  one: PeopleRule,
  who: { ref: string; groups: string[] },
  on: { ref: string; owners: string[] },
): boolean {
  const mine = [who.ref, ...who.groups];
  return one.kind === 'owner'
    ? on.ref === TARGET && on.owners.some(owner => mine.includes(owner))
    : mine.includes(one.ref);
}

describe('decideEligibility', () => {
  it('lets in whom the rules name and nobody they deny', () => {
    fc.assert(
      fc.property(rules, rules, subject, target, (eligible, deny, who, on) => {
        const decision = decideEligibility({
          profile: profileFor({ eligible, deny }),
          subject: who,
          target: entityFor(on.ref, on),
        });
        expect(decision.eligible).toBe(
          on.ref === TARGET &&
            eligible.some(one => names(one, who, on)) &&
            !deny.some(one => names(one, who, on)),
        );
        expect(decision.rule).not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets in by break-glass whom its groups name, and nobody whom the rules deny', () => {
    fc.assert(
      fc.property(
        rules,
        fc.subarray(GROUPS, { minLength: 1 }),
        subject,
        target,
        (deny, groups, who, on) => {
          const decision = decideBreakGlass({
            profile: profileFor({
              eligible: [],
              deny,
              breakGlass: { groups, reviewWithinMs: 1 },
            }),
            subject: who,
            target: entityFor(on.ref, on),
          });
          expect(decision.eligible).toBe(
            on.ref === TARGET &&
              groups.some(ref => who.groups.includes(ref)) &&
              !deny.some(one => names(one, who, on)),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('only ever gains by another eligible rule and loses by another deny rule', () => {
    fc.assert(
      fc.property(
        rules,
        rules,
        rule,
        subject,
        target,
        (eligible, deny, more, who, on) => {
          const decide = (changes: object) =>
            decideEligibility({
              profile: profileFor({ eligible, deny, ...changes }),
              subject: who,
              target: entityFor(on.ref, on),
            }).eligible;
          const before = decide({});
          const wider = decide({ eligible: [more, ...eligible] });
          const narrower = decide({ deny: [more, ...deny] });
          expect(wider || !before).toBe(true);
          expect(before || !narrower).toBe(true);
        },
      ),
    );
  });

  it('never believes an entity that the profile does not trust', () => {
    const alice = { ref: USERS[0], groups: [] };
    const mine = (ref: string, origin?: string) =>
      entityFor(ref, { owners: [alice.ref], origin });
    const owned = (targets: object) =>
      profileFor({ eligible: [{ kind: 'owner' }], targets });
    const trustedLocations = [
      'url:https://git.example/acme/catalog/blob/main/*',
      'file:/catalog/all.yaml',
    ];
    const base = 'url:https://git.example/acme/catalog/blob/main';
    const cases: Array<[object, string, string | undefined, boolean]> = [
      [{ entityRefs: [TARGET] }, TARGET, undefined, true],
      [{ entityRefs: [TARGET] }, 'resource:mine/orders-db', undefined, false],
      [
        { entityRefs: [TARGET] },
        'component:default/orders-db',
        undefined,
        false,
      ],
      [{ filter: { kind: 'Resource' } }, TARGET, undefined, false],
      [{ trustedLocations }, TARGET, undefined, false],
      [{ trustedLocations }, TARGET, `${base}/db.yaml`, true],
      [{ trustedLocations }, TARGET, `${base}/deep/db.yaml`, true],
      [{ trustedLocations }, TARGET, 'file:/catalog/all.yaml', true],
      [{ trustedLocations }, TARGET, 'file:/catalog/all.yaml.mine', false],
      [{ trustedLocations }, TARGET, base, false],
      [{ trustedLocations }, TARGET, `${base}/`, false],
      [{ trustedLocations }, TARGET, `${base}mine/db.yaml`, false],
      [{ trustedLocations }, TARGET, `${base}/../mine/db.yaml`, false],
      [{ trustedLocations }, TARGET, `${base}/%2e%2E/mine/db.yaml`, false],
      [{ trustedLocations }, TARGET, `${base}/..\\mine/db.yaml`, false],
      [{ trustedLocations }, TARGET, `${base}/db.yaml?version=mine`, false],
      [
        { trustedLocations, entityRefs: [TARGET] },
        TARGET,
        'url:https://evil.example/db.yaml',
        false,
      ],
      [
        { trustedLocations, filter: { kind: 'Component' } },
        TARGET,
        `${base}/db.yaml`,
        false,
      ],
    ];
    for (const [targets, ref, origin, expected] of cases) {
      const decision = decideEligibility({
        profile: owned(targets),
        subject: alice,
        target: mine(ref, origin),
      });
      expect([targets, origin, decision.eligible]).toEqual([
        targets,
        origin,
        expected,
      ]);
    }
  });

  it('says which rule it was', () => {
    const profile = profileFor({
      eligible: [
        { kind: 'group', ref: GROUPS[0] },
        { kind: 'user', ref: USERS[1] },
        { kind: 'owner' },
      ],
      deny: [{ kind: 'group', ref: GROUPS[1] }],
    });
    const decide = (groups: string[], on?: string) =>
      decideEligibility({
        profile,
        subject: { ref: USERS[0], groups },
        target: on ? entityFor(on) : undefined,
      });
    expect(decide(GROUPS, TARGET)).toEqual({
      eligible: false,
      cause: 'denied',
      rule: 'Orders database, read only is denied to members of group:default/b',
    });
    expect(decide([], TARGET)).toEqual({
      eligible: false,
      cause: 'not-named',
      rule: 'Orders database, read only is only for members of group:default/a, user:default/bob or owners of the target',
    });
    expect(decide([GROUPS[0]], 'resource:mine/orders-db').rule).toBe(
      'Orders database, read only is not for resource:mine/orders-db',
    );
    expect(decide([GROUPS[0]]).rule).toContain('and there is none');
    expect(decide([GROUPS[0]], TARGET)).toEqual({
      eligible: true,
      rule: 'eligible as members of group:default/a',
    });
    expect(
      decideEligibility({
        profile: profileFor({ targets: undefined }),
        subject: { ref: USERS[0], groups: ['group:default/orders-team'] },
        target: entityFor(TARGET),
      }).rule,
    ).toContain('is leased without a target');
  });
});

describe('decideApproval', () => {
  const alice = { ref: USERS[0], groups: [GROUPS[0]] };
  const auto: PeopleRule[] = [{ kind: 'group', ref: GROUPS[0] }];
  const steps = [{ approvers: auto, count: 1 }];

  it('leaves nothing to chance when nobody could approve', () => {
    const decide = (approval: object, groups = alice.groups) =>
      decideApproval({
        profile: profileFor({ approval: { steps: [], ...approval } }),
        subject: { ...alice, groups },
      });
    expect(decide({}).by).toBe('rule');
    expect(decide({ auto }).by).toBe('rule');
    expect(decide({ auto, steps }).by).toBe('rule');
    expect(decide({ auto }, [])).toEqual({
      by: 'nobody',
      rule: 'Orders database, read only is granted at once to members of group:default/a, and nobody is named to approve it for others',
    });
    expect(decide({ auto, steps }, [])).toEqual({ by: 'people', steps });
    expect(decide({ steps })).toEqual({ by: 'people', steps });
  });
});
