import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { JitContextSource } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ENTITIES, group, TRUSTED, user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(60_000);

const ADA = 'user:default/ada';

const base = {
  provider: 'fake.access',
  connection: 'main',
  parameters: { name: 'reader' },
  eligible: [{ group: 'group:default/orders' }],
  duration: { maximum: '4h' },
  reason: { pattern: '(?<word>\\w+)' },
};
const steps = [{ approvers: [{ group: 'group:default/security' }] }];

const JIT = {
  ...JIT_CONFIG,
  contextSources: {
    listed: { type: 'on-call', people: ['User:default/Bob'] },
    rota: {
      type: 'on-call',
      entityRef: 'resource:default/rota',
      trustedLocations: [TRUSTED],
      path: ['spec', 'onCall'],
    },
    weather: { type: 'weather', word: 'sun' },
  },
  profiles: [
    ...JIT_CONFIG.profiles,
    {
      ...base,
      id: 'sunny',
      title: 'When it is sunny',
      approval: { auto: [{ context: 'weather' }], steps },
    },
    {
      ...base,
      id: 'only-sunny',
      title: 'Only when it is sunny',
      approval: {
        auto: [{ user: 'user:default/bob' }, { context: 'weather' }],
      },
    },
    {
      ...base,
      id: 'on-call',
      title: 'On call',
      approval: { auto: [{ context: 'listed' }, { context: 'rota' }] },
    },
  ],
};

const rota = (): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'rota',
    annotations: { 'backstage.io/managed-by-origin-location': TRUSTED },
  },
  spec: { type: 'rota', owner: 'group:default/owners' },
});

const ROTA_OF_A_STRANGER = {
  'backstage.io/managed-by-origin-location':
    'url:https://code.example.net/catalog/other.yaml',
};

/** A condition of a module's own: the reason begins with the word in config. */
class Weather implements JitContextSource<{ word: string }> {
  readonly type = 'weather';
  readonly settingsSchema = z.strictObject({ word: z.string() });
  readonly reasonGroups = ['word'];
  questions: unknown[] = [];
  failure?: Error;

  async check(
    ...[question, { settings }]: Parameters<
      JitContextSource<{ word: string }>['check']
    >
  ) {
    this.questions.push(question);
    if (this.failure) {
      throw this.failure;
    }
    const satisfied = question.reasonGroups.word === settings.word;
    return { satisfied, why: satisfied ? 'The sun shines' : 'It rains' };
  }
}

const ask = (profileId: string, more: object = {}) => ({
  leases: [{ profileId }],
  ...more,
});

onBothDatabases('context sources', database => {
  let bench: RestBench;
  let weather: Weather;
  let entities: Entity[];

  beforeEach(async () => {
    weather = new Weather();
    entities = [
      ...ENTITIES,
      group('security'),
      user('sam', ['security']),
      user('sue', ['security']),
      rota(),
    ];
    bench = await RestBench.create(await database.open(), {
      jit: JIT,
      entities,
      contextSources: [weather],
    });
  });

  it('grants what a source lets in, and asks people where it does not', async () => {
    const granted = await bench.post(
      ADA,
      '/requests',
      ask('sunny', { reason: 'sun today' }),
    );
    expect(granted.body).toMatchObject({
      request: { state: 'approved', steps: [] },
      leases: [{ state: 'approved' }],
    });
    expect(weather.questions).toEqual([
      {
        profileId: 'sunny',
        subject: ADA,
        reason: 'sun today',
        reasonGroups: { word: 'sun' },
      },
    ]);
    const { body: events } = await bench.get(
      ADA,
      `/leases/${granted.body.leases[0].id}/events`,
    );
    expect(events.items[1]).toMatchObject({
      type: 'lease.approved',
      why: 'eligible as members of group:default/orders, granted at once by weather: The sun shines',
    });

    const rain = [{ source: 'weather', satisfied: false, why: 'It rains' }];
    const tried = await bench.post(
      ADA,
      '/requests',
      ask('sunny', { reason: 'rain', dryRun: true }),
    );
    expect(tried.body).toMatchObject({
      automatic: false,
      leases: [{ context: rain }],
    });
    const { body } = await bench.post(
      ADA,
      '/requests',
      ask('sunny', { reason: 'rain' }),
    );
    expect(body.request).toMatchObject({
      state: 'pending',
      asked: [{ context: rain }],
    });

    const decided = await bench.post(
      'user:default/sam',
      `/requests/${body.request.id}/decisions`,
      {
        decision: 'approve',
        revision: 1,
      },
    );
    expect(decided.body.request).toMatchObject({
      state: 'approved',
      asked: [{ context: rain }],
    });
  });

  it('takes whatever goes wrong for a no, and tells nothing of it', async () => {
    weather.failure = new Error('password=hunter2');
    const why = 'It could not be asked';
    const { body } = await bench.post(
      ADA,
      '/requests',
      ask('sunny', { reason: 'sun' }),
    );
    expect(body.request).toMatchObject({
      state: 'pending',
      asked: [{ context: [{ satisfied: false, why }] }],
    });
    expect(JSON.stringify(body)).not.toContain('hunter2');

    const refused = await bench.post(
      ADA,
      '/requests',
      ask('only-sunny', { reason: 'sun' }),
    );
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(
      `nobody is named to approve it for others (weather: ${why})`,
    );
  });

  it('asks about nobody who is let in anyway, or could not have it', async () => {
    await bench.post('user:default/bob', '/requests', ask('only-sunny'));
    await bench.post('user:default/eve', '/requests', ask('sunny'));
    const { body } = await bench.get(ADA, '/profiles');
    expect(weather.questions).toEqual([]);
    const offers = new Map(
      body.items.map((offer: { profileId: string }) => [
        offer.profileId,
        offer,
      ]),
    );
    expect(offers.get('sunny')).toMatchObject({
      automatic: false,
      approval: [expect.anything()],
      context: ['weather'],
    });
    expect(offers.get('only-sunny')).toMatchObject({
      automatic: false,
      context: ['weather'],
    });
    expect(offers.get('only-sunny')).not.toHaveProperty('refusal');
  });

  it('takes the word of an entity from where it is trusted', async () => {
    const asksAda = async () => {
      const { body } = await bench.post(
        ADA,
        '/requests',
        ask('on-call', { dryRun: true }),
      );
      return body.leases[0];
    };
    const bob = await bench.post(
      'user:default/bob',
      '/requests',
      ask('on-call'),
    );
    expect(bob.body.request.state).toBe('approved');

    const listing = entities.find(({ metadata }) => metadata.name === 'rota')!;
    for (const listed of [[ADA], 'bob, Ada', ['ada', 7]]) {
      listing.spec!.onCall = listed;
      expect(await asksAda()).toMatchObject({
        context: [
          { source: 'listed', satisfied: false },
          { source: 'rota', satisfied: true, why: `${ADA} is on call` },
        ],
      });
    }
    for (const listed of [['bob'], { ada: true }, ['group:default/orders']]) {
      listing.spec!.onCall = listed;
      expect((await asksAda()).refusal).toContain(
        `listed: ${ADA} is not on call; rota: ${ADA} is not on call`,
      );
    }
    listing.spec!.onCall = [ADA];
    listing.metadata.annotations = ROTA_OF_A_STRANGER;
    expect((await asksAda()).refusal).toContain(
      'rota: resource:default/rota is not there, or not from a location that is trusted',
    );
  });

  it.each([
    [
      'an unknown source',
      { auto: [{ context: 'tides' }] },
      {},
      'approval.auto[0].context is not one of jit.contextSources',
    ],
    [
      'a pattern without the group',
      { auto: [{ owner: true }, { context: 'weather' }] },
      {
        reason: { pattern: '\\w+' },
        targets: { entityRefs: ['resource:default/orders-db'] },
      },
      'approval.auto[1].context needs a named group (?<word>…) in reason.pattern',
    ],
  ])('does not start with %s', async (_what, approval, more, words) => {
    const broken = {
      ...JIT,
      profiles: [{ ...base, ...more, id: 'broken', title: 'Broken', approval }],
    };
    await expect(
      RestBench.create(bench.ledger.knex, {
        jit: broken as JsonObject,
        entities,
        contextSources: [weather],
      }),
    ).rejects.toThrow(words);
  });

  it('does not start with sources that nobody can read', async () => {
    const withSource = (source: object) =>
      RestBench.create(bench.ledger.knex, {
        jit: {
          ...JIT,
          contextSources: { ...JIT.contextSources, x: source },
        } as JsonObject,
        entities,
        contextSources: [weather],
      });
    await expect(withSource({ type: 'moon' })).rejects.toThrow(
      'jit.contextSources.x.type is not one of on-call, ticket, weather',
    );
    await expect(
      withSource({
        type: 'on-call',
        entityRef: 'resource:default/rota',
        path: ['spec'],
      }),
    ).rejects.toThrow(
      'must have either people, or entityRef, trustedLocations and path',
    );
    await expect(
      withSource({ type: 'on-call', people: ['group:default/sre'] }),
    ).rejects.toThrow('jit.contextSources.x.people[0] must be of kind user');
  });
});
