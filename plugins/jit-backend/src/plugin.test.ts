import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import { JitClient, Lease } from '@backstage-jit/plugin-jit-common';
import { jitContextSourcesExtensionPoint } from '@backstage-jit/plugin-jit-node';
import {
  createFakeProviderModule,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import { AddressInfo } from 'node:net';
import { z } from 'zod';
import { ENTITIES, ORDERS_DB } from './__testUtils__/people';
import { JIT_CONFIG } from './__testUtils__/jitConfig';
import { onBothDatabases } from './__testUtils__/onBothDatabases';
import { createTaskTrigger } from './__testUtils__/taskTrigger';
import { jitPlugin } from './plugin';

jest.setTimeout(60_000);

const ASK = { leases: [{ profileId: 'read', entityRef: ORDERS_DB }] };

/** A condition of somebody else's: the sun shines for Ada. */
const weatherModule = createBackendModule({
  pluginId: 'jit',
  moduleId: 'weather',
  register(registration) {
    registration.registerInit({
      deps: { sources: jitContextSourcesExtensionPoint },
      async init({ sources }) {
        sources.addContextSource({
          type: 'weather',
          settingsSchema: z.strictObject({}),
          check: async ({ subject }) =>
            subject === 'user:default/ada'
              ? { satisfied: true, why: 'The sun shines' }
              : { satisfied: false, why: 'It rains' },
        });
      },
    });
  },
});

onBothDatabases('the plugin', database => {
  async function start(jit: JsonObject) {
    const knex = await database.open();
    const world = new FakeWorld();
    const publish = jest.fn(async () => {});
    const tasks = createTaskTrigger();
    const { server } = await startTestBackend({
      features: [
        jitPlugin,
        createFakeProviderModule({ outside: world }),
        catalogServiceMock.factory({ entities: ENTITIES }),
        mockServices.database.factory({ knex }),
        tasks.module,
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({ publish }),
        }),
        weatherModule,
        mockServices.rootConfig.factory({ data: { jit } }),
      ],
    });
    const { port } = server.address() as AddressInfo;
    const client = new JitClient({
      discoveryApi: {
        getBaseUrl: async () => `http://127.0.0.1:${port}/api/jit`,
      },
    });
    return {
      client,
      world,
      publish,
      triggerTask: tasks.trigger,
      baseUrl: `http://127.0.0.1:${port}/api/jit/v1`,
    };
  }

  /** What the API shows is all that anybody outside can wait for. */
  async function until(
    state: Lease['state'],
    look: () => Promise<{ lease: Lease }>,
  ): Promise<Lease> {
    for (;;) {
      const { lease } = await look();
      if (lease.state === state) {
        return lease;
      }
    }
  }

  it('brings a lease from its request to its verified end', async () => {
    const { client, world, publish } = await start(JIT_CONFIG);
    const token = mockCredentials.user.token('user:default/ada');
    const asked = await client.createRequest(ASK, { token });
    const [{ id }] = asked.leases;
    const look = () => client.getLease(id, { token });

    const active = await until('active', look);
    expect(Date.parse(active.expiresAt!)).toBe(
      Date.parse(active.grantedAt!) + 30 * 60_000,
    );
    const { credentials } = await client.issueCredentials(id, { token });
    expect(credentials.forms.length).toBeGreaterThan(0);
    const extended = await client.extendLease(
      id,
      { duration: '10m' },
      { token },
    );
    expect(Date.parse(extended.lease.expiresAt!)).toBe(
      Date.parse(active.expiresAt!) + 10 * 60_000,
    );
    const { items: present } = await client.listPresence(
      { entityRef: ORDERS_DB },
      { token: mockCredentials.user.token('user:default/bob') },
    );
    expect(present).toMatchObject([{ subject: 'user:default/ada' }]);

    await client.endLease(id, { why: 'Done' }, { token });
    const revoked = await until('revoked', look);
    expect(revoked).toMatchObject({
      endReason: 'returned',
      stuck: false,
      verifiedAt: expect.any(String),
    });
    expect(await world.things()).toEqual([]);

    const { items } = await client.listLeaseEvents(id, { token });
    expect(items.map(({ sequence }) => sequence)).toEqual(
      items.map((_, index) => index + 1),
    );
    expect(items.flatMap(({ to }) => to ?? [])).toEqual([
      'requested',
      'approved',
      'granting',
      'active',
      'revoking',
      'revoked',
    ]);
    const secret = credentials.forms[0].value;
    expect(JSON.stringify({ items, revoked })).not.toContain(secret);
    // Open pages are told to look, and nothing else.
    for (const state of ['active', 'revoked']) {
      expect(publish).toHaveBeenCalledWith({
        channel: 'jit',
        recipients: { type: 'user', entityRef: ['user:default/ada'] },
        message: { leaseId: id, state },
      });
    }
  });

  it('grants by a condition that a module adds', async () => {
    const [profile] = JIT_CONFIG.profiles;
    const { client } = await start({
      ...JIT_CONFIG,
      contextSources: { weather: { type: 'weather' } },
      profiles: [{ ...profile, approval: { auto: [{ context: 'weather' }] } }],
    });
    const as = (name: string) => ({
      token: mockCredentials.user.token(`user:default/${name}`),
    });
    const asked = await client.createRequest(ASK, as('ada'));
    expect(asked.request.state).toBe('approved');
    await expect(client.createRequest(ASK, as('bob'))).rejects.toMatchObject({
      statusCode: 403,
      body: {
        error: { message: expect.stringContaining('weather: It rains') },
      },
    });
  });

  it('grants what people approve, and an emergency before anybody does', async () => {
    const { client } = await start({
      ...JIT_CONFIG,
      profiles: [
        {
          ...JIT_CONFIG.profiles[0],
          approval: { steps: [{ approvers: [{ owner: true }] }] },
          breakGlass: {
            groups: ['group:default/platform'],
            reviewWithin: '24h',
          },
        },
      ],
    });
    const as = (name: string) => ({
      token: mockCredentials.user.token(`user:default/${name}`),
    });
    const asked = await client.createRequest(ASK, as('ada'));
    expect(asked.leases[0].state).toBe('requested');
    const waiting = await client.listRequests({ waitingFor: 'me' }, as('olga'));
    expect(waiting.items).toMatchObject([{ id: asked.request.id }]);
    await client.decideRequest(
      asked.request.id,
      { decision: 'approve', revision: 1, duration: '20m' },
      as('olga'),
    );
    const active = await until('active', () =>
      client.getLease(asked.leases[0].id, as('ada')),
    );
    expect(Date.parse(active.expiresAt!)).toBe(
      Date.parse(active.grantedAt!) + 20 * 60_000,
    );

    const broken = await client.createRequest(
      { ...ASK, breakGlass: true, reason: 'all is on fire' },
      as('pat'),
    );
    const [{ id }] = broken.leases;
    await until('active', () => client.getLease(id, as('pat')));
    await client.endLease(id, {}, as('pat'));
    await until('revoked', () => client.getLease(id, as('pat')));
    const reviewed = await client.reviewLease(
      id,
      { comment: 'It was' },
      as('olga'),
    );
    expect(reviewed.lease).toMatchObject({
      state: 'revoked',
      breakGlass: { reviewedBy: 'user:default/olga' },
    });
  });

  it('keeps an environment while it is in use, and ends it when it is not', async () => {
    const { client, world, triggerTask, baseUrl } = await start({
      ...JIT_CONFIG,
      activity: { every: '1s' },
      profiles: [
        {
          ...JIT_CONFIG.profiles[0],
          id: 'environment',
          provider: 'fake.ordered',
          idle: { after: '3s', warn: '1s' },
          protect: { maximum: '1 day' },
          price: { perHour: '0.12', currency: 'EUR' },
          budget: { maximum: 20 },
        },
      ],
    });
    const token = mockCredentials.user.token('user:default/ada');
    const asked = await client.createRequest(
      { leases: [{ profileId: 'environment', entityRef: ORDERS_DB }] },
      { token },
    );
    const [{ id }] = asked.leases;
    const look = () => client.getLease(id, { token });
    await until('active', look);

    const { credentials } = await client.issueCredentials(id, { token });
    const [line] = credentials.forms;
    const report = (authorization: string) =>
      fetch(`${baseUrl}/leases/${id}/activity`, {
        method: 'POST',
        headers: { authorization },
      });
    const own = /Bearer [\w-]+/.exec(line.value)![0];
    expect((await report(own)).status).toBe(200);
    expect((await report('Bearer nonsense')).status).toBe(404);
    // Every other call still wants somebody whom Backstage knows.
    const none = mockCredentials.none.header();
    expect((await report(none)).status).toBe(404);
    for (const path of ['', '/end', '/events', '/credentials']) {
      const { status } = await fetch(`${baseUrl}/leases/${id}${path}`, {
        method: path.length > 1 && path !== '/events' ? 'POST' : 'GET',
        headers: { authorization: none },
      });
      expect([path, status]).toEqual([path, 401]);
    }

    const day = new Date(Date.now() + 3_600_000).toISOString();
    const kept = await client.protectLease(id, { until: day }, { token });
    expect(kept.lease).toMatchObject({ protectedUntil: day, expiresAt: day });
    await client.protectLease(id, { until: null, why: 'Over' }, { token });

    const revoked = await until('revoked', async () => {
      await triggerTask('jit-activity');
      return await look();
    });
    expect(revoked.endReason).toBe('idle');
    expect(Number(revoked.cost?.amount)).toBeGreaterThan(0);
    const gone = Date.parse(revoked.verifiedAt!);
    expect(gone - Date.parse(revoked.lastActivityAt!)).toBeGreaterThan(3_000);
    expect(await world.things()).toEqual([]);
    const { items } = await client.listLeaseEvents(id, { token });
    expect(items.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'credentials.issued',
        'lease.protected',
        'lease.protection-lifted',
        'lease.idle-warned',
        'lease.idle',
      ]),
    );
    expect(JSON.stringify(items)).not.toContain(own.slice(7));
  });

  it.each([
    [{ ...JIT_CONFIG, installation: 'Not A Name' }, 'jit.installation'],
    [
      {
        ...JIT_CONFIG,
        profiles: [{ ...JIT_CONFIG.profiles[0], provider: 'none.such' }],
      },
      'jit.profiles[0].provider',
    ],
    [
      {
        ...JIT_CONFIG,
        profiles: [{ ...JIT_CONFIG.profiles[0], parameters: { name: 'root' } }],
      },
      'jit.profiles[0].parameters',
    ],
  ])('does not start with a config that is wrong (%#)', async (jit, path) => {
    await expect(start(jit as JsonObject)).rejects.toThrow(path);
  });
});
