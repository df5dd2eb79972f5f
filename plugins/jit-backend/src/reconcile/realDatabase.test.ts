import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JitClient, Lease } from '@backstage-jit/plugin-jit-common';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a real provider on a real system
import postgresModule from '@backstage-jit/plugin-jit-backend-module-postgres';
import { AddressInfo } from 'node:net';
import { createTaskTrigger } from '../__testUtils__/taskTrigger';
import { RealDatabase } from '../crash/__testUtils__/RealDatabase';
import { jitPlugin } from '../plugin';

jest.setTimeout(120_000);

const ADA = { token: mockCredentials.user.token('user:default/ada') };

let database: RealDatabase;
const tasks = createTaskTrigger();
let api: JitClient;

beforeAll(async () => {
  database = await RealDatabase.create();
  const { server } = await startTestBackend({
    features: [
      jitPlugin,
      postgresModule,
      tasks.module,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'ada', namespace: 'default' },
            spec: { memberOf: ['crew'] },
          },
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { name: 'crew', namespace: 'default' },
            spec: { type: 'team', children: [] },
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          jit: {
            installation: 'real-database',
            events: {
              keys: [
                { id: 'k1', secret: 'only for tests, and long enough for it' },
              ],
            },
            engine: { tick: '1h' },
            connections: {
              real: database.connection({ password: database.adminPassword }),
            },
            profiles: [database.profile({ id: 'real', connection: 'real' })],
          },
        },
      }),
    ],
  });
  const { port } = server.address() as AddressInfo;
  api = new JitClient({
    discoveryApi: {
      getBaseUrl: async () => `http://127.0.0.1:${port}/api/jit`,
    },
  });
});

afterAll(async () => {
  await database?.remove();
});

async function until(
  id: string,
  holds: (lease: Lease) => boolean,
  meanwhile: () => Promise<void> = async () => {},
): Promise<Lease> {
  for (;;) {
    await meanwhile();
    const { lease } = await api.getLease(id, ADA);
    if (holds(lease)) {
      return lease;
    }
  }
}

/** A lease whose role is there, and that role. */
async function hold(): Promise<{ id: string; role: string }> {
  const before = await database.roles();
  const { leases } = await api.createRequest(
    { leases: [{ profileId: 'real' }] },
    ADA,
  );
  const [{ id }] = leases;
  await until(id, ({ state }) => state === 'active');
  const made = (await database.roles()).find(
    ({ name }) => !before.some(each => each.name === name),
  );
  return { id, role: made!.name };
}

const reconcile = () => tasks.trigger('jit-reconcile');

describe('what others do on PostgreSQL', () => {
  it('is noticed where it dropped the role of a lease', async () => {
    const robbed = await hold();
    const bystander = await hold();
    await database.asSuperuser(sql => sql.query(`DROP ROLE ${robbed.role}`));
    expect(
      await until(robbed.id, ({ state }) => state === 'revoked', reconcile),
    ).toMatchObject({ endReason: 'removed-outside' });
    await until(bystander.id, ({ state }) => state === 'active');
    expect(await database.roles()).toEqual([
      expect.objectContaining({ name: bystander.role }),
    ]);
    await api.endLease(bystander.id, { why: 'Done' }, ADA);
    await until(bystander.id, ({ state }) => state === 'revoked');
  });

  it('is taken back where it made the role of an ended lease again', async () => {
    const { id, role } = await hold();
    const comment = await database.commentOf(role);
    await api.endLease(id, { why: 'Done' }, ADA);
    await until(id, ({ state }) => state === 'revoked');
    // As whoever stole its password would: a role that is not the admin's is for a person to remove.
    await database.asAdmin(async sql => {
      await sql.query(`CREATE ROLE ${role} LOGIN`);
      await sql.query(
        `COMMENT ON ROLE ${role} IS ${sql.escapeLiteral(comment)}`,
      );
    });
    await until(
      id,
      lease => lease.state === 'revoked' && lease.endReason === 'resurrected',
      reconcile,
    );
    const { rows } = await database.asSuperuser(sql =>
      sql.query('SELECT FROM pg_roles WHERE rolname = $1', [role]),
    );
    expect(rows).toEqual([]);
  });
});
