import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createFakeProviderModule,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import request from 'supertest';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { ENTITIES, ORDERS_DB } from '../__testUtils__/people';
import { RecordingAuditor } from '../__testUtils__/RecordingAuditor';
import { TABLES } from '../database/tables';
import { jitPlugin } from '../plugin';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const ADA = mockCredentials.user.header('user:default/ada');
const ASK = { profileId: 'free', reason: 'OPS-1 fix' };

describe('the actions, over the registry of a real backend', () => {
  async function start() {
    const knex = await databases.init('SQLITE_3');
    const auditor = new RecordingAuditor();
    const { server } = await startTestBackend({
      features: [
        jitPlugin,
        createFakeProviderModule({ outside: new FakeWorld() }),
        catalogServiceMock.factory({ entities: ENTITIES }),
        mockServices.database.factory({ knex }),
        mockServices.auditor.mock({
          createEvent: options => auditor.createEvent(options),
        }).factory,
        mockServices.rootConfig.factory({ data: { jit: JIT_CONFIG } }),
        actionsRegistryServiceFactory,
      ],
    });
    const list = async () =>
      await request(server)
        .get('/api/jit/.backstage/actions/v1/actions')
        .set('authorization', ADA);
    const invoke = async (name: string, input: object, caller = ADA) =>
      await request(server)
        .post(`/api/jit/.backstage/actions/v1/actions/jit:${name}/invoke`)
        .set('authorization', caller)
        .send(input);
    /** But for what the plugin does by itself. */
    const told = () =>
      auditor.events.filter(({ eventId }) => eventId !== 'jit-checkpoint');
    return { knex, told, list, invoke };
  }

  it('are four, and deciding is not among them', async () => {
    const { list } = await start();
    const { body } = await list();
    expect(
      body.actions.map(
        ({ id, attributes }: { id: string; attributes: object }) => ({
          id,
          ...attributes,
        }),
      ),
    ).toEqual([
      expect.objectContaining({ id: 'jit:request-access', readOnly: false }),
      expect.objectContaining({ id: 'jit:list-leases', readOnly: true }),
      expect.objectContaining({ id: 'jit:describe-lease', readOnly: true }),
      expect.objectContaining({ id: 'jit:end-lease', destructive: true }),
    ]);
  });

  it('ask, look and end by the same rules, marked and told to the auditor', async () => {
    const { knex, told, invoke } = await start();
    const asked = await invoke('request-access', ASK);
    expect([asked.status, asked.body]).toMatchObject([200, {}]);
    const { lease } = asked.body.output;
    expect(lease).toMatchObject({
      profileId: 'free',
      subject: 'user:default/ada',
    });
    expect(await knex(TABLES.leases).where({ id: lease.id }).first()).toEqual(
      expect.objectContaining({ via: 'actions', reason: 'OPS-1 fix' }),
    );

    const listed = await invoke('list-leases', {});
    expect(listed.body.output.leases).toEqual([
      expect.objectContaining({ id: lease.id }),
    ]);
    const described = await invoke('describe-lease', { leaseId: lease.id });
    expect(described.body.output).toMatchObject({
      lease: { id: lease.id },
      history: expect.arrayContaining([
        expect.objectContaining({
          type: 'lease.requested',
          actor: 'user:default/ada',
        }),
      ]),
    });
    const ended = await invoke('end-lease', { leaseId: lease.id, why: 'done' });
    expect(ended.status).toBe(200);

    expect(told()).toEqual([
      expect.objectContaining({
        eventId: 'request-create',
        severityLevel: 'medium',
        status: 'succeeded',
        meta: {
          profileId: 'free',
          action: 'request-access',
          actor: 'user:default/ada',
          via: 'actions',
        },
      }),
      expect.objectContaining({ eventId: 'lease-list' }),
      expect.objectContaining({ eventId: 'lease-fetch' }),
      expect.objectContaining({ eventId: 'lease-end' }),
    ]);
  });

  it('name the plugin that acts for a person', async () => {
    const { knex, invoke } = await start();
    const { body } = await invoke(
      'request-access',
      ASK,
      `Bearer ${mockCredentials.user.token('user:default/ada', {
        actor: { subject: 'plugin:mcp-actions' },
      })}`,
    );
    const { id } = body.output.lease;
    expect(await knex(TABLES.leases).where({ id }).first()).toMatchObject({
      via: 'plugin:mcp-actions',
    });
  });

  it('leave to the person what the profile does not let agents ask for', async () => {
    const { invoke } = await start();
    const { body } = await invoke('request-access', {
      profileId: 'read',
      entityRef: ORDERS_DB,
    });
    expect(body.output).toMatchObject({
      lease: { state: 'requested' },
      waitsFor: 'user:default/ada, who confirms it in the portal',
    });
  });

  it('refuse what the person may not', async () => {
    const { knex, told, invoke } = await start();
    const eve = mockCredentials.user.header('user:default/eve');
    expect((await invoke('request-access', ASK, eve)).status).toBe(403);
    expect(told().at(-1)).toMatchObject({ status: 'failed' });
    const service = mockCredentials.service.header();
    expect((await invoke('request-access', ASK, service)).status).toBe(403);
    expect(
      (await invoke('request-access', { ...ASK, subject: 'user:default/bob' }))
        .status,
    ).toBe(400);
    expect(await knex(TABLES.leases)).toEqual([]);

    const { body } = await invoke('request-access', ASK);
    const { id } = body.output.lease;
    expect((await invoke('end-lease', { leaseId: id }, eve)).status).toBe(404);
    expect((await invoke('describe-lease', { leaseId: id }, eve)).status).toBe(
      404,
    );
  });

  it('say nothing of an error that nobody foresaw', async () => {
    const { knex, invoke } = await start();
    await knex.schema.renameTable(TABLES.requests, 'away');
    const { status, body } = await invoke('request-access', ASK);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('insert');
    expect(body.error.message).toContain('the log of the backend knows');
  });
});
