import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { jitLeaseReadPermission } from '@backstage-jit/plugin-jit-common';
import {
  createJitLeaseConditionalDecision,
  jitLeaseConditions,
} from '@backstage-jit/plugin-jit-node';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ENTITIES, group, ORDERS_DB, user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { isPostgres } from '../database/dialect';
import { writeTargets } from '../database/operations/targets/writeTargets';
import { TABLES } from '../database/tables';
import { LeaseRecord } from '../leases/records';
import { CatalogUnavailableError, Directory } from '../policy';
import { PendingRequests } from '../requests/approval/PendingRequests';
import { lookAtOwners } from '../tasks/lookAtOwners';
import { removeOldLeases } from '../tasks/removeOldLeases';

jest.setTimeout(60_000);

const ADA = 'user:default/ada';
const SUE = 'user:default/sue';
const SAM = 'user:default/sam';
const OLGA = 'user:default/olga';
type PersonRule = 'isApprover' | 'isTargetOwner';

const logger = mockServices.logger.mock();

/** Sue is in security, Sam is not yet, and Olga is one of the owners of the target. */
function catalog(): Entity[] {
  return [
    ...ENTITIES.map(entity => structuredClone(entity)),
    user('sue', ['security']),
    user('sam', []),
    group('security'),
  ];
}

const write = {
  ...JIT_CONFIG.profiles[0],
  id: 'write',
  title: 'Orders, write',
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }] }],
  },
};

const admin = { ...write, id: 'admin', title: 'Orders, all of it' };

const jit = {
  profiles: [...JIT_CONFIG.profiles, write, admin],
  bundles: [{ id: 'both', title: 'Both', parts: ['write', 'admin'] }],
};

onBothDatabases('who has to do with a lease', database => {
  let bench: RestBench;

  async function start(condition?: PersonRule) {
    bench = await RestBench.create(await database.open(), {
      entities: catalog(),
      jit,
      permissions: condition && policyOf(condition),
    });
  }

  const startAgain = async () => {
    bench = await bench.replica({ jit });
  };
  const pending = () =>
    new PendingRequests({ ...bench.policy, ledger: bench.ledger, logger });
  const entity = (name: string) =>
    bench.entities.find(({ metadata }) => metadata.name === name)!;
  const join = (name: string, of: string) => {
    entity(name).relations = [
      { type: 'memberOf', targetRef: `group:default/${of}` },
    ];
  };
  const leave = (name: string) => {
    entity(name).relations = [];
  };
  const asked = async (): Promise<{ id: string; requestId: string }> => {
    const { body } = await bench.post(ADA, '/requests', {
      leases: [{ profileId: 'write', entityRef: ORDERS_DB }],
    });
    return { id: body.leases[0].id, requestId: body.request.id };
  };
  const seenBy = async (caller: string): Promise<string[]> => {
    const { body } = await bench.get(caller, '/leases');
    return body.items.map(({ id }: { id: string }) => id);
  };
  async function putBundle(requestId: string): Promise<LeaseRecord[]> {
    const bundle = { id: 'both', title: 'Both', parts: 2 };
    const first = await bench.put({
      profileId: 'write',
      requestId,
      extensionsLeft: 0,
      bundle: { ...bundle, part: 0 },
    });
    const { grantedAt, expiresAt } = first;
    const second = await bench.put({
      profileId: 'admin',
      requestId,
      extensionsLeft: 0,
      bundle: { ...bundle, part: 1 },
      grantedAt,
      expiresAt,
    });
    return [first, second];
  }
  const lookAgain = (
    directory: Pick<Directory, 'lookUpEntities'> = bench.policy.directory,
  ) =>
    lookAtOwners({
      ...bench.policy,
      directory,
      ledger: bench.ledger,
      logger,
    });

  it('finds approvers the leases that they are to decide about, by the catalog of now', async () => {
    await start();
    const { id, requestId } = await asked();
    await bench.put();
    expect(await seenBy(SUE)).toEqual([id]);
    expect(await seenBy(SAM)).toEqual([]);
    expect((await bench.get(SUE, `/leases?subject=${ADA}`)).body.items).toEqual(
      [expect.objectContaining({ id, state: 'requested' })],
    );

    join('sam', 'security');
    leave('sue');
    // Without what the first one remembers of them.
    await startAgain();
    expect(await seenBy(SUE)).toEqual([]);
    expect(await seenBy(SAM)).toEqual([id]);
    const decision = { decision: 'approve', revision: 1 };
    const path = `/requests/${requestId}/decisions`;
    expect((await bench.post(SUE, path, decision)).status).toBe(404);
    expect((await bench.post(SAM, path, decision)).status).toBe(200);
    expect(await seenBy(SAM)).toEqual([id]);
  });

  it('finds approvers the leases of whose later end they are to decide, while it waits', async () => {
    await start();
    const [first, second] = await putBundle(await bench.putRequest());
    const both = [first.id, second.id].sort();
    const waits = async (): Promise<string> => {
      const { body } = await bench.post(ADA, `/leases/${second.id}/extend`, {
        duration: '2h',
      });
      expect(body.request?.state ?? body.error).toBe('pending');
      return body.request.id;
    };
    const seen = async (caller: string) => (await seenBy(caller)).sort();
    expect(await seen(SUE)).toEqual([]);

    const withdrawn = await waits();
    expect(await seen(SUE)).toEqual(both);
    expect(await seen(SAM)).toEqual([]);
    join('sam', 'security');
    leave('sue');
    await pending().refresh();
    await startAgain();
    expect(await seen(SUE)).toEqual([]);
    expect(await seen(SAM)).toEqual(both);
    // Also those that asked before this was written down.
    await bench.ledger.knex.migrate.down({
      directory: resolvePackagePath(
        '@backstage-jit/plugin-jit-backend',
        'migrations',
      ),
      name: '20261128000000_extended_leases.js',
    });
    await startAgain();
    expect(await seen(SAM)).toEqual(both);
    await bench.post(ADA, `/requests/${withdrawn}/withdraw`);
    expect(await seen(SAM)).toEqual([]);

    const denied = await waits();
    expect(await seen(SAM)).toEqual(both);
    await bench.post(SAM, `/requests/${denied}/decisions`, {
      decision: 'deny',
      comment: 'Enough',
      revision: 1,
    });
    expect(await seen(SAM)).toEqual([]);

    await waits();
    bench.clock.advance(3_600_000);
    await pending().lapse();
    expect(await seen(SAM)).toEqual([]);
  });

  it('lets a policy decide by the approvers', async () => {
    await start('isApprover');
    const { id } = await asked();
    expect(await seenBy(SUE)).toEqual([id]);
    // The policy takes it away from everybody else, the requester too.
    expect(await seenBy(ADA)).toEqual([]);
    expect((await bench.get(ADA, `/leases/${id}`)).status).toBe(404);
    expect((await bench.get(SUE, `/leases/${id}`)).status).toBe(200);
    await pending().refresh();
    expect(await seenBy(SUE)).toEqual([id]);
  });

  it('lets a policy decide by the owners of the target, and follows the catalog', async () => {
    await start('isTargetOwner');
    const { id } = await asked();
    expect(await seenBy(OLGA)).toEqual([id]);
    expect((await bench.get(OLGA, `/leases/${id}`)).status).toBe(200);
    expect(await seenBy(ADA)).toEqual([]);

    const target = entity('orders-db');
    target.relations = [{ type: 'ownedBy', targetRef: ADA }];
    await lookAgain({
      lookUpEntities: async () => {
        throw new CatalogUnavailableError('it is away');
      },
    });
    expect(await seenBy(ADA)).toEqual([]);
    await lookAgain();
    expect(await seenBy(ADA)).toEqual([id]);
    expect((await bench.get(OLGA, `/leases/${id}`)).status).toBe(404);

    target.relations = [];
    await lookAgain();
    expect(await seenBy(ADA)).toEqual([]);
  });

  it('forgets who was asked for a later end of a bundle, with all of it', async () => {
    await start();
    const { ledger } = bench;
    const month = 30 * 24 * 3_600_000;
    const requestId = await bench.putRequest();
    const [first, second] = await putBundle(requestId);
    const asks = await bench.post(ADA, `/leases/${second.id}/extend`, {
      duration: '2h',
    });
    expect(asks.body.request.state).toBe('pending');
    const extended = async () =>
      (await ledger.knex(TABLES.extendedLeases))
        .map(row => row.lease_id)
        .sort();
    const both = [first.id, second.id].sort();
    expect(await extended()).toEqual(both);

    const endedAt = await ledger.clock.now(ledger.knex);
    await bench.change(first.id, { state: 'revoked', endedAt });
    bench.clock.advance(month + 1);
    await pending().lapse();
    // One part still lives.
    expect(await removeOldLeases({ ledger, keepMs: month })).toBe(0);
    expect(await extended()).toEqual(both);
    await bench.change(second.id, { state: 'revoked', endedAt });
    expect(await removeOldLeases({ ledger, keepMs: month })).toBe(2);
    for (const table of ['extendedLeases', 'requests', 'parties'] as const) {
      expect([table, await ledger.knex(TABLES[table])]).toEqual([table, []]);
    }
  });

  it('forgets who owns a target, and who decided, with the last lease on it', async () => {
    await start();
    const { ledger } = bench;
    const { knex } = ledger;
    const retain = async () => {
      bench.clock.advance(31 * 24 * 3_600_000);
      return await removeOldLeases({ ledger, keepMs: 30 * 24 * 3_600_000 });
    };
    const rowsOf = async (table: keyof typeof TABLES) =>
      (await knex(TABLES[table])).length;
    const first = await asked();
    const second = await asked();
    await bench.post(ADA, `/requests/${first.requestId}/withdraw`);
    expect(await retain()).toBe(1);
    expect([await rowsOf('targets'), await rowsOf('targetOwners')]).toEqual([
      1, 1,
    ]);
    await bench.post(ADA, `/requests/${second.requestId}/withdraw`);
    // Somebody asks for one on it at this moment. SQLite has one connection.
    const asking = isPostgres(knex) ? await knex.transaction() : undefined;
    if (asking) {
      await writeTargets({ ...ledger, knex: asking }, [
        { profileId: 'write', entityRef: ORDERS_DB },
      ]);
    }
    expect(await retain()).toBe(1);
    expect(await rowsOf('targets')).toBe(asking ? 1 : 0);
    await asking?.rollback();
    await retain();
    for (const table of [
      'leases',
      'requests',
      'parties',
      'targets',
      'targetOwners',
    ] as const) {
      expect([table, await rowsOf(table)]).toEqual([table, 0]);
    }
    // What was looked up before does not bring it back.
    await writeTargets(
      ledger,
      [{ profileId: 'write', entityRef: ORDERS_DB, owners: [OLGA] }],
      { onlyKnown: true },
    );
    expect(await rowsOf('targetOwners')).toBe(0);
  });
});

/** Lets leases be read by whom the rule finds, as the catalog of the start knows their groups. */
function policyOf(condition: PersonRule) {
  const GROUPS: Record<string, string[]> = {
    [SUE]: ['group:default/security'],
    [OLGA]: ['group:default/owners'],
  };
  return mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async (requests, options) => {
      const { userEntityRef } = (
        options as { credentials: { principal: { userEntityRef: string } } }
      ).credentials.principal;
      const claims = [userEntityRef, ...(GROUPS[userEntityRef] ?? [])];
      return requests.map(({ permission }) =>
        permission.name === jitLeaseReadPermission.name
          ? createJitLeaseConditionalDecision(
              jitLeaseReadPermission,
              jitLeaseConditions[condition]({ claims }),
            )
          : { result: AuthorizeResult.ALLOW },
      );
    },
  });
}
