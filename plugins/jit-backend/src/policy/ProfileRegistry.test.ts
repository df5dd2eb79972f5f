import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { ConnectionConfig } from '../config/JitConfig';
import { CatalogDirectory } from './CatalogDirectory';
import { ConnectionCondition } from './closedProfiles';
import { ConnectionRegistry } from './ConnectionRegistry';
import { OfferService } from './OfferService';
import { PeopleRule, Profile } from './Profile';
import { BundleRegistry } from './BundleRegistry';
import { ProfileRegistry } from './ProfileRegistry';
import { entityFor, profileFor, providerFor } from './__testUtils__/fixtures';

const ALICE = 'user:default/alice';
const TARGET = 'resource:default/orders-db';
const TEAM = 'group:default/orders-team';
const ORDERS: ConnectionConfig = {
  name: 'orders',
  type: 'postgres',
  concurrency: 8,
  settings: { roles: ['orders_readonly'] },
};

function setUp(
  options: {
    profiles?: Profile[];
    connections?: ConnectionConfig[];
    providers?: JitProvider[];
    operators?: PeopleRule[];
    entities?: Entity[];
  } = {},
) {
  const {
    profiles = [profileFor()],
    connections = [ORDERS],
    operators = [],
    entities = [
      entityFor(ALICE, { memberOf: [TEAM] }),
      entityFor(TEAM),
      entityFor(TARGET),
    ],
  } = options;
  const providers = new Map(
    (options.providers ?? [providerFor()]).map(one => [one.id, one]),
  );
  const clock = { now: 0 };
  const conditions = new Map<string, ConnectionCondition>();
  const catalog = catalogServiceMock({ entities });
  const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
  const directory = new CatalogDirectory({
    catalog,
    auth: mockServices.auth(),
    timeoutMs: 5_000,
  });
  const logger = mockServices.logger.mock();
  const registry = ProfileRegistry.create({
    config: { profiles, operators },
    providers,
    connections: ConnectionRegistry.create({ connections, providers }),
    directory,
    connectionHealth: async name => conditions.get(name),
    logger,
    now: () => clock.now,
  });
  const bundles = BundleRegistry.create({
    bundles: [],
    profiles: registry,
    providers: new Map(),
  });
  const offers = new OfferService({
    profiles: registry,
    bundles,
    directory,
    operators,
  });
  return { registry, offers, asked, clock, conditions, logger };
}

describe('ProfileRegistry at start-up', () => {
  it.each<[string, Parameters<typeof setUp>[0], string]>([
    [
      'an unknown provider',
      { profiles: [profileFor({ provider: 'postgres.rolle' })] },
      'jit.profiles[0].provider is not one of postgres.role',
    ],
    [
      'an unknown connection',
      { profiles: [profileFor({ connection: 'order' })] },
      'jit.profiles[0].connection is not one of jit.connections: orders',
    ],
    [
      'a connection of another type',
      {
        providers: [
          providerFor(),
          providerFor({
            id: 'okta.group',
            connectionType: 'okta',
            connectionSchema: z.looseObject({}),
          }),
        ],
        connections: [{ ...ORDERS, name: 'orders', type: 'okta' }],
      },
      'jit.profiles[0].connection is of type okta, and postgres.role works on postgres',
    ],
    [
      'a connection that nothing works on',
      { connections: [ORDERS, { ...ORDERS, name: 'old', type: 'mysql' }] },
      'jit.connections.old.type is not a type that an installed provider works on',
    ],
    [
      'connection settings that the provider does not take',
      { connections: [{ ...ORDERS, settings: { host: 'db' } }] },
      'jit.connections.orders.roles is required; jit.connections.orders.host is not a known key',
    ],
    [
      'parameters that the provider does not take',
      { profiles: [profileFor({ parameters: { memberOf: [5], role: 'x' } })] },
      'jit.profiles[0].parameters.memberOf[0] must be of type string; jit.profiles[0].parameters.role is not a known key',
    ],
    [
      'a role outside the ceiling',
      { profiles: [profileFor({ parameters: { memberOf: ['postgres'] } })] },
      'jit.profiles[0].parameters is outside the ceiling of jit.connections.orders: postgres is not among its roles',
    ],
    [
      'an extension that the provider cannot make',
      {
        profiles: [profileFor({ extension: { maximumMs: 1, times: 1 } })],
        providers: [
          providerFor({
            supports: {
              idle: false,
              extend: false,
              sessions: true,
              price: false,
            },
          }),
        ],
      },
      'jit.profiles[0].extension cannot be used: postgres.role cannot move an end',
    ],
    [
      'an idle time where nobody sees what is used',
      { profiles: [profileFor({ idle: { afterMs: 60_000 } })] },
      'jit.profiles[0].idle cannot be used: postgres.role does not see what is used',
    ],
    [
      'money for access',
      {
        profiles: [
          profileFor({
            protect: { maximumMs: 1 },
            price: { perHour: '1.00', currency: 'EUR' },
            budget: { maximum: '1.00' },
          }),
        ],
      },
      'jit.profiles[0].protect cannot be used: postgres.role makes no infrastructure; jit.profiles[0].price cannot be used: postgres.role makes no infrastructure; jit.profiles[0].budget',
    ],
    [
      'all that is wrong at once',
      {
        profiles: [
          profileFor({ provider: 'a' }),
          profileFor({ connection: 'b', configPath: 'jit.profiles[1]' }),
        ],
      },
      'jit.profiles[0].provider is not one of postgres.role; jit.profiles[1].connection is',
    ],
  ])('refuses %s', (_what, options, message) => {
    expect(() => setUp(options)).toThrow(message);
  });

  it('asks nobody, and opens no profile before it has looked', () => {
    const { registry, asked } = setUp();
    expect(asked).not.toHaveBeenCalled();
    expect(registry.closedReason('orders-db-read')).toBe(
      'It has not been looked at yet, since the start',
    );
  });
});

describe('ProfileRegistry', () => {
  it.each<[string, Parameters<typeof setUp>[0], string]>([
    [
      'an eligible group is missing',
      { entities: [entityFor(TARGET)] },
      `${TEAM}, which its rules name, is not a group that counts in the catalog`,
    ],
    [
      'a denied group is missing',
      {
        profiles: [
          profileFor({ deny: [{ kind: 'group', ref: 'group:default/gone' }] }),
        ],
      },
      'group:default/gone, which its rules name',
    ],
    [
      'an operators group is missing',
      { operators: [{ kind: 'group', ref: 'group:default/platform' }] },
      'group:default/platform, which jit.operators names',
    ],
    [
      'no target is there',
      { entities: [entityFor(TEAM)] },
      `The catalog has no entity it can be leased on: ${TARGET}`,
    ],
  ])('closes a profile when %s', async (_what, options, message) => {
    const { registry } = setUp(options);
    await registry.refresh();
    expect(registry.closedReason('orders-db-read')).toContain(message);
  });

  it('is not closed by a person who has left, nor by one of several targets', async () => {
    const { registry } = setUp({
      profiles: [
        profileFor({
          eligible: [
            { kind: 'group', ref: TEAM },
            { kind: 'user', ref: 'user:default/left' },
          ],
          targets: { entityRefs: [TARGET, 'resource:default/removed'] },
        }),
      ],
    });
    await registry.refresh();
    expect(registry.closedReason('orders-db-read')).toBeUndefined();
  });

  it('closes with the catalog or the connection, says why, and opens again when asked for', async () => {
    const { registry, asked, clock, conditions, logger } = setUp();
    const look = () => registry.lookAgain('orders-db-read');
    expect(await look()).toBeUndefined();
    expect(logger.info).toHaveBeenCalledWith('Profile orders-db-read is open');

    conditions.set('orders', { state: 'down', message: 'refused' });
    await registry.refresh();
    expect(await look()).toBe(
      'Its connection orders cannot be used (down): refused',
    );
    conditions.set('orders', { state: 'paused' });
    clock.now += 4_999;
    expect(await look()).toContain('(down)');
    clock.now += 1;
    expect(await look()).toBeUndefined();

    asked.mockRejectedValue(new Error('down'));
    clock.now += 60_000;
    const calls = asked.mock.calls.length;
    expect(await look()).toBeUndefined();
    expect(asked).toHaveBeenCalledTimes(calls);
    await Promise.all([registry.refresh(), registry.refresh()]);
    expect(asked).toHaveBeenCalledTimes(calls + 2);
    expect(registry.closedReason('orders-db-read')).toBe(
      'The catalog cannot be asked: it does not answer',
    );
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      'Profile orders-db-read is closed: Its connection orders cannot be used (down): refused',
      'Profile orders-db-read is closed: The catalog cannot be asked: it does not answer',
    ]);
  });

  it('has the provider judge what the target fills in, when somebody asks', () => {
    const { registry } = setUp({
      profiles: [
        profileFor({
          parameters: { memberOf: [null] },
          slots: [
            {
              at: ['memberOf', 0],
              from: 'target',
              path: ['metadata', 'annotations', 'role'],
              allow: { pattern: '.*' },
            },
          ],
        }),
      ],
      providers: [
        providerFor({
          paramsSchema: z.strictObject({
            memberOf: z.array(z.string().min(3)),
          }),
        }),
      ],
    });
    const pin = (role: string) =>
      registry.pin({
        profileId: 'orders-db-read',
        target: entityFor(TARGET, { annotations: { role } }),
      });
    expect(pin('orders_readonly').content).toMatchObject({
      kind: 'access',
      parameters: { memberOf: ['orders_readonly'] },
    });
    expect(() => pin('postgres')).toThrow(
      'orders-db-read is outside the ceiling of the connection orders: postgres is not among its roles',
    );
    expect(() => pin('a')).toThrow(
      'postgres.role does not take the parameters of orders-db-read: memberOf.0',
    );
    expect(() => registry.pin({ profileId: 'nothing' })).toThrow(
      'There is no profile nothing',
    );
  });
});

function keepingProvider(): JitProvider {
  const provider = providerFor();
  return {
    ...provider,
    supports: { ...provider.supports, keep: true },
    keep: provider.revoke,
  };
}

describe('OfferService', () => {
  const operators: PeopleRule[] = [
    { kind: 'group', ref: 'group:default/platform' },
  ];
  const entities = [
    entityFor(ALICE, { memberOf: [TEAM] }),
    entityFor('user:default/bob'),
    entityFor(TEAM),
    entityFor('group:default/platform'),
    entityFor(TARGET),
    entityFor('resource:mine/orders-db', { owners: ['user:default/bob'] }),
  ];

  it('offers what fits the entity, and says why not', async () => {
    const { offers } = setUp({
      operators,
      entities,
      providers: [keepingProvider()],
      profiles: [
        profileFor({
          extension: { maximumMs: 3_600_000, times: 2 },
          keepMs: 86_400_000,
          reason: { required: true, pattern: '.+', example: 'OPS-1' },
        }),
        profileFor({ id: 'anywhere', targets: undefined }),
        profileFor({
          id: 'orders-db-owner',
          eligible: [{ kind: 'owner' }],
          approval: { auto: [{ kind: 'user', ref: ALICE }], steps: [] },
        }),
      ],
    });
    const offered = await offers.offersFor({
      userRef: ALICE,
      entityRef: TARGET,
    });
    const [first, second, ...more] = offered.items;
    expect(first).toEqual({
      profileId: 'orders-db-read',
      title: 'Orders database, read only',
      provider: 'postgres.role',
      kind: 'access',
      duration: { defaultMs: 1_800_000, maximumMs: 14_400_000, choicesMs: [] },
      reason: { required: true, example: 'OPS-1' },
      extension: { maximumMs: 3_600_000, times: 2 },
      keep: { forMs: 86_400_000 },
      automatic: true,
    });
    expect(second).toMatchObject({
      profileId: 'orders-db-owner',
      refusal:
        'Orders database, read only is only for owners of the target. Who is in which group and who owns what is kept in the catalog; the rules of orders-db-owner are kept by members of group:default/platform.',
    });
    expect(more).toEqual([]);

    const without = await offers.offersFor({ userRef: ALICE });
    expect(without.items.map(({ profileId }) => profileId)).toEqual([
      'anywhere',
    ]);
    expect(
      await offers.offersFor({
        userRef: 'user:default/bob',
        entityRef: 'resource:mine/orders-db',
      }),
    ).toEqual({ items: [], bundles: [] });
  });

  it('shows what is closed, and what the target itself rules out', async () => {
    const { offers, conditions } = setUp({
      operators,
      entities,
      profiles: [
        profileFor({
          slots: [
            {
              at: ['memberOf', 0],
              from: 'target',
              path: ['metadata', 'annotations', 'role'],
              allow: { values: ['orders_readonly'] },
            },
          ],
        }),
        profileFor({
          id: 'asks-for-more',
          slots: [
            {
              at: ['memberOf', 0],
              from: 'parameters',
              path: ['role'],
              allow: { values: ['orders_readonly'] },
            },
          ],
        }),
        profileFor({
          id: 'for-others',
          approval: {
            auto: [{ kind: 'user', ref: 'user:default/bob' }],
            steps: [],
          },
        }),
      ],
    });
    conditions.set('orders', { state: 'repointed' });
    expect(
      (await offers.offersFor({ userRef: ALICE, entityRef: TARGET })).items,
    ).toMatchObject([
      {
        closed: 'Its connection orders cannot be used (repointed)',
        refusal: expect.stringContaining('of the target, which has none'),
      },
      { refusal: undefined },
      {
        automatic: false,
        refusal: expect.stringContaining('nobody is named to approve it'),
      },
    ]);
  });

  it('has nothing for unknown people or entities', async () => {
    const { offers, asked } = setUp({ entities });
    await expect(
      offers.offersFor({ userRef: 'user:default/nobody' }),
    ).rejects.toThrow('user:default/nobody is not a User of the catalog');
    await expect(
      offers.offersFor({ userRef: ALICE, entityRef: 'resource:default/x' }),
    ).rejects.toThrow('There is no entity resource:default/x');
    asked.mockRejectedValue(new Error('down'));
    await expect(offers.offersFor({ userRef: ALICE })).rejects.toThrow(
      'The catalog cannot be asked',
    );
  });
});
