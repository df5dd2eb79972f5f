import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import fc from 'fast-check';
import { CachingDirectory } from './CachingDirectory';
import { CatalogDirectory } from './CatalogDirectory';
import { CatalogUnavailableError } from './Directory';
import { EligibilityChecker } from './EligibilityChecker';
import { pinProfile } from './pinProfile';
import { PeopleRule, PinnedProfile } from './Profile';
import { entityFor, profileFor } from './__testUtils__/fixtures';

const ALICE = 'user:default/alice';
const BOB = 'user:default/bob';
const TARGET = 'resource:default/orders-db';
const TEAM = 'group:default/orders-team';

function directoryOf(
  entities: Entity[],
  options: {
    trustedLocations?: string[];
    managerAnnotation?: string;
    timeoutMs?: number;
  } = {},
) {
  const catalog = catalogServiceMock({ entities });
  const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
  const directory = new CatalogDirectory({
    catalog,
    auth: mockServices.auth(),
    timeoutMs: 5_000,
    ...options,
  });
  return { catalog, asked, directory };
}

async function groupsOf(directory: CatalogDirectory, ref: string) {
  const lookup = await directory.lookUpSubject(ref);
  return lookup.status === 'found' ? lookup.subject.groups : lookup.status;
}

describe('CatalogDirectory', () => {
  it('finds the people whom users and groups stand for, cycles and all', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(name => `group:default/${name}`);
    const { directory } = directoryOf([
      entityFor(ALICE, { memberOf: [c] }),
      entityFor(BOB, { memberOf: [b, 'group:default/other'] }),
      entityFor('user:default/carol', { memberOf: ['group:default/other'] }),
      entityFor('group:default/other', {}),
      entityFor(a, { childOf: [c] }),
      entityFor(b, { childOf: [a] }),
      entityFor(c, { childOf: [b] }),
    ]);
    const refs = [a, c, BOB, 'user:default/none', 'group:default/none'];
    expect(await directory.lookUpMembers(refs)).toEqual(
      new Map([
        [a, [ALICE, BOB]],
        [c, [ALICE, BOB]],
        [BOB, [BOB]],
        ['user:default/none', []],
        ['group:default/none', []],
      ]),
    );
  });

  it('finds the same people as it finds groups', async () => {
    const groups = ['a', 'b', 'c', 'd'].map(name => `group:default/${name}`);
    const users = [ALICE, BOB];
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...groups.map(() => fc.subarray(groups))),
        fc.tuple(...users.map(() => fc.subarray(groups))),
        async (parents, memberships) => {
          const { directory } = directoryOf([
            ...groups.map((ref, index) =>
              entityFor(ref, { childOf: parents[index] }),
            ),
            ...users.map((ref, index) =>
              entityFor(ref, { memberOf: memberships[index] }),
            ),
          ]);
          const members = await directory.lookUpMembers(groups);
          for (const user of users) {
            expect(
              groups.filter(ref => members.get(ref)!.includes(user)),
            ).toEqual(await groupsOf(directory, user));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('believes who the manager is, and who is in a group, from trusted locations alone', async () => {
    const trusted = 'url:https://code.example.net/org.yaml';
    const annotations = { 'example.net/manager': 'bob' };
    const people = [
      entityFor(ALICE, { annotations, memberOf: [TEAM], origin: trusted }),
      entityFor('user:default/eve', {
        annotations,
        memberOf: [TEAM],
        origin: 'url:https://elsewhere.example/me.yaml',
      }),
      entityFor(TEAM, { origin: trusted }),
    ];
    const { directory } = directoryOf(people, {
      trustedLocations: [trusted],
      managerAnnotation: 'example.net/manager',
    });
    expect(await directory.lookUpSubject(ALICE)).toMatchObject({
      subject: { manager: BOB },
    });
    expect(await directory.lookUpMembers([TEAM])).toEqual(
      new Map([[TEAM, [ALICE]]]),
    );
    const unaware = directoryOf(people, { trustedLocations: [trusted] });
    expect(await unaware.directory.lookUpSubject(ALICE)).not.toHaveProperty(
      'subject.manager',
      BOB,
    );
  });

  it('finds every group above a person once, cycles and all', async () => {
    const { directory, asked } = directoryOf([
      entityFor(ALICE, { memberOf: ['group:default/a', 'component:x/y'] }),
      entityFor(BOB, { memberOf: ['group:default/b', 'group:default/ghost'] }),
      entityFor('group:default/a', { childOf: ['group:default/b'] }),
      entityFor('group:default/b', { childOf: ['group:default/c'] }),
      entityFor('group:default/c', { childOf: ['group:default/a'] }),
      entityFor('group:default/d', { childOf: ['group:default/a'] }),
    ]);
    const all = ['group:default/a', 'group:default/b', 'group:default/c'];
    expect(
      await directory.lookUpSubjects([ALICE, BOB, 'user:default/carol']),
    ).toEqual(
      new Map<string, unknown>([
        [ALICE, { status: 'found', subject: { ref: ALICE, groups: all } }],
        [BOB, { status: 'found', subject: { ref: BOB, groups: all } }],
        ['user:default/carol', { status: 'gone' }],
      ]),
    );
    // The people, then one call for each level of groups.
    expect(asked).toHaveBeenCalledTimes(3);
    expect(
      await directory.lookUpGroups(['group:default/d', 'group:default/e']),
    ).toEqual(new Set(['group:default/d']));
  });

  it('agrees with a plain reachability search on random groups', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map(one => `group:default/${one}`);
    const edges = fc.array(
      fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)),
      { maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(edges, fc.subarray(names), async (above, mine) => {
        const { directory } = directoryOf([
          entityFor(ALICE, { memberOf: mine }),
          ...names.map(ref =>
            entityFor(ref, {
              childOf: above.filter(([low]) => low === ref).map(([, up]) => up),
            }),
          ),
        ]);
        const expected = new Set(mine);
        for (const _round of names) {
          for (const [low, up] of above) {
            if (expected.has(low)) {
              expected.add(up);
            }
          }
        }
        expect(await groupsOf(directory, ALICE)).toEqual([...expected].sort());
      }),
      { numRuns: 50 },
    );
  });

  it('counts users and groups from trusted locations only, where config names some', async () => {
    const origin = 'url:https://git.example/acme/org/users.yaml';
    const { directory } = directoryOf(
      [
        entityFor(ALICE, { memberOf: [TEAM, 'group:default/mine'], origin }),
        entityFor(TEAM, { origin }),
        entityFor('group:default/mine', {
          childOf: ['group:default/admins'],
          origin: 'url:https://git.example/alice/mine/groups.yaml',
        }),
        entityFor('group:default/admins', { origin }),
        entityFor(BOB, { memberOf: [TEAM] }),
      ],
      { trustedLocations: ['url:https://git.example/acme/org/*'] },
    );
    expect(await groupsOf(directory, ALICE)).toEqual([TEAM]);
    expect(await groupsOf(directory, BOB)).toBe('gone');
    expect(await directory.lookUpGroups([TEAM, 'group:default/mine'])).toEqual(
      new Set([TEAM]),
    );
  });

  it('reads what entities say of themselves where the catalog has made no relations', async () => {
    const bare = (ref: string, spec: Entity['spec']): Entity => ({
      ...entityFor(ref, { spec }),
      relations: undefined,
    });
    const { directory } = directoryOf([
      bare(ALICE, { memberOf: ['orders-team', 'other/x', '', 5] }),
      bare(TEAM, { parent: 'platform' }),
      bare('group:default/platform', {}),
    ]);
    expect(await groupsOf(directory, ALICE)).toEqual([
      TEAM,
      'group:default/platform',
    ]);
  });

  it('tells a person who is gone from a catalog that cannot say', async () => {
    const lookUp = (directory: CatalogDirectory) =>
      directory.lookUpSubject(ALICE);
    expect(await lookUp(directoryOf([entityFor(BOB)]).directory)).toEqual({
      status: 'gone',
    });

    await expect(
      lookUp(directoryOf([entityFor(TEAM)]).directory),
    ).rejects.toThrow('The catalog cannot be asked: it holds no users at all');

    const failing = directoryOf([entityFor(ALICE)]);
    failing.asked.mockRejectedValue(new Error('password hunter2 refused'));
    const failure = await lookUp(failing.directory).catch(error => error);
    expect(CatalogUnavailableError.is(failure)).toBe(true);
    expect(failure.name).toBe('ServiceUnavailableError');
    expect(failure.message).toBe(
      'The catalog cannot be asked: it does not answer',
    );

    const hanging = directoryOf([entityFor(ALICE)], { timeoutMs: 5 });
    hanging.asked.mockReturnValue(new Promise(() => {}));
    await expect(lookUp(hanging.directory)).rejects.toThrow('does not answer');

    const cutOff = directoryOf([entityFor(ALICE)]);
    cutOff.asked.mockResolvedValue({ items: [] });
    await expect(lookUp(cutOff.directory)).rejects.toThrow('is incomplete');
  });

  it('asks with our own credentials, and only about people', async () => {
    const { directory, asked } = directoryOf([entityFor(ALICE)]);
    await directory.lookUpSubject(ALICE);
    expect(asked.mock.calls[0][1]).toMatchObject({
      credentials: { principal: { type: 'service' } },
    });
    await expect(directory.lookUpSubject(TEAM)).rejects.toThrow(
      'group:default/orders-team is not a User of the catalog',
    );
  });
});

describe('CachingDirectory', () => {
  it('remembers answers for a while, and failures never', async () => {
    const { directory, asked } = directoryOf([entityFor(ALICE)]);
    let now = 0;
    const caching = new CachingDirectory({ directory, now: () => now });
    asked.mockRejectedValueOnce(new Error('down'));
    await expect(caching.lookUpSubject(ALICE)).rejects.toThrow();

    await caching.lookUpSubject(ALICE);
    await caching.lookUpEntities([ALICE]);
    const calls = asked.mock.calls.length;
    now = 9_999;
    expect((await caching.lookUpSubject(ALICE)).status).toBe('found');
    expect((await caching.lookUpEntities([ALICE])).size).toBe(1);
    expect(asked).toHaveBeenCalledTimes(calls);
    now = 10_000;
    await caching.lookUpSubject(ALICE);
    expect(asked).toHaveBeenCalledTimes(calls + 1);
  });
});

describe('EligibilityChecker', () => {
  const pin = (changes = {}): PinnedProfile =>
    pinProfile({
      profile: profileFor(changes),
      kind: 'access',
      target: entityFor(TARGET),
    }).content;

  it('asks the catalog once for many leases', async () => {
    const { directory, asked } = directoryOf([
      entityFor(ALICE, { memberOf: [TEAM] }),
      entityFor(BOB, { memberOf: ['group:default/other'] }),
      entityFor(TEAM),
      entityFor('group:default/other'),
      entityFor(TARGET, { owners: ['group:default/other'] }),
    ]);
    const checker = new EligibilityChecker({
      directory,
      lastCopy: async () => undefined,
    });
    const outcomes = await checker.checkMany([
      { pinned: pin(), subject: ALICE, entityRef: TARGET },
      { pinned: pin(), subject: BOB, entityRef: TARGET },
      {
        pinned: pin({ eligible: [{ kind: 'owner' }] }),
        subject: BOB,
        entityRef: TARGET,
      },
      { pinned: pin(), subject: 'user:default/carol', entityRef: TARGET },
      {
        pinned: pin(),
        subject: ALICE,
        entityRef: 'resource:default/removed',
      },
    ]);
    expect(outcomes).toMatchObject([
      { outcome: 'eligible', rule: `eligible as members of ${TEAM}` },
      {
        outcome: 'ineligible',
        rule: `Orders database, read only is only for members of ${TEAM}`,
      },
      { outcome: 'eligible', rule: 'eligible as owners of the target' },
      { outcome: 'gone' },
      { outcome: 'ineligible', rule: expect.stringContaining('there is none') },
    ]);
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('knows nothing while the catalog is down, or when the rules are of another release', async () => {
    const { directory, asked } = directoryOf([
      entityFor(ALICE, { memberOf: [TEAM] }),
      entityFor(TEAM),
      entityFor(TARGET),
    ]);
    const checker = new EligibilityChecker({
      directory,
      lastCopy: async () => undefined,
    });
    const ask = (pinned: PinnedProfile) =>
      checker.check({ pinned, subject: ALICE, entityRef: TARGET });
    const later = { kind: 'manager' } as unknown as PeopleRule;
    for (const pinned of [
      pin({ deny: [later] }),
      pin({ eligible: [later] }),
      { ...pin(), v: 2 as 1 },
    ]) {
      expect(await ask(pinned)).toEqual({
        outcome: 'unavailable',
        reason:
          'Its rules were written by a release that this one does not know',
      });
    }
    expect((await ask(pin())).outcome).toBe('eligible');

    asked.mockRejectedValue(new Error('down'));
    expect(await ask(pin())).toEqual({
      outcome: 'unavailable',
      reason: 'The catalog cannot be asked: it does not answer',
    });
  });
});
