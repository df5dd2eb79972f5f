import { PermissionsService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { JitContextSource, JitOrigin } from '@backstage-jit/plugin-jit-node';
import {
  createFakeProviders,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import request, { Test } from 'supertest';
import { AgentCalls } from '../agents/AgentCalls';
import { registerActions } from '../agents/registerActions';
import { readJitConfig } from '../config';
import { toRow } from '../database/columns';
import { Ledger } from '../database/Ledger';
import { migrate } from '../database/migrate';
import { syncConnections } from '../database/operations/connections/syncConnections';
import { insertLease } from '../database/operations/leases/insertLease';
import { readLease } from '../database/operations/leases/readLease';
import { insertProfile } from '../database/operations/profiles/insertProfile';
import {
  entitlementColumns,
  leaseColumns,
  requestColumns,
  TABLES,
} from '../database/tables';
import { EventChain } from '../events/EventChain';
import { entitlementOf } from '../leases/entitlementOf';
import { LeaseRecord } from '../leases/records';
import { isUnfinished } from '../leases/states';
import { RequestRecord } from '../requests/RequestRecord';
import { createPolicy, createServices, PolicyParts } from '../services';
import { invokeAction } from './agentActions';
import { CALLER_HEADER, callerHttpAuth } from './callers';
import { IdleEngine } from './IdleEngine';
import { JIT_CONFIG } from './jitConfig';
import { LEASE_RULES } from './leaseRules';
import { ENTITIES, ORDERS_DB } from './people';
import { RecordingAuditor } from './RecordingAuditor';
import { serveRouter } from './serveRouter';
import { SteppedClock } from './SteppedClock';

/** What leases can be made for in the tests. */
const TASK_ORIGIN: JitOrigin = {
  type: 'scaffolder-task',
  service: 'plugin:scaffolder',
  look: async () => 'running',
};

export interface RestBenchOptions {
  permissions?: PermissionsService;
  jit?: JsonObject;
  /** The catalog: what a test changes in one of them is so from then on. */
  entities?: Entity[];
  contextSources?: JitContextSource[];
}

/**
 * The REST API and all services behind it on a real ledger, with an engine that does nothing.
 */
export class RestBench {
  static async create(
    knex: Knex,
    options?: RestBenchOptions,
  ): Promise<RestBench> {
    await migrate(knex);
    await openAllConnections(knex);
    const jit = { ...JIT_CONFIG, ...options?.jit };
    const config = readJitConfig(mockServices.rootConfig({ data: { jit } }));
    const clock = new SteppedClock();
    const ledger: Ledger = {
      knex,
      clock,
      chain: new EventChain(config.events.keys),
    };
    await syncConnections(ledger, config.connections);
    const providers = new Map(
      createFakeProviders({ outside: new FakeWorld() }).map(provider => [
        provider.id,
        provider,
      ]),
    );
    const entities = options?.entities ?? ENTITIES;
    const common = {
      config,
      ledger,
      providers,
      origins: new Map([[TASK_ORIGIN.type, TASK_ORIGIN]]),
      catalog: catalogServiceMock({ entities }),
      auth: mockServices.auth({ pluginId: 'jit' }),
      logger: mockServices.logger.mock(),
    };
    const policy = createPolicy({
      ...common,
      contextSources: options?.contextSources,
    });
    const engine = new IdleEngine();
    const context = createServices({
      ...common,
      ...policy,
      engine,
      planner: {
        plan: async () => ({
          lines: ['A role of its own'],
          residual: 'Files already downloaded',
        }),
      },
      httpAuth: callerHttpAuth(),
      permissions: options?.permissions ?? mockServices.permissions(),
      rules: LEASE_RULES,
      discovery: mockServices.discovery(),
    });
    const auditor = new RecordingAuditor();
    const actions = actionsRegistryServiceMock();
    registerActions({
      ...context,
      actions,
      calls: new AgentCalls({ ...common, ...context, auditor }),
    });
    const server = await serveRouter({ ...context, auditor });
    return new RestBench(
      ledger,
      clock,
      engine,
      policy,
      auditor,
      common.catalog,
      entities,
      actions,
      server,
    );
  }

  private constructor(
    readonly ledger: Ledger,
    readonly clock: SteppedClock,
    readonly engine: IdleEngine,
    readonly policy: PolicyParts,
    readonly auditor: RecordingAuditor,
    readonly catalog: ReturnType<typeof catalogServiceMock>,
    readonly entities: Entity[],
    private readonly actions: ReturnType<typeof actionsRegistryServiceMock>,
    private readonly server: Parameters<typeof request>[0],
  ) {}

  /** Another process on the same ledger and under the same catalog, by default over the same connections. */
  async replica(
    options?: Omit<RestBenchOptions, 'entities'> & { knex?: Knex },
  ): Promise<RestBench> {
    const { entities, ledger } = this;
    return await RestBench.create(options?.knex ?? ledger.knex, {
      ...options,
      entities,
    });
  }

  get(caller: string, path: string): Test {
    return this.as(caller, request(this.server).get(`/api/jit/v1${path}`));
  }

  post(caller: string, path: string, body: object = {}): Test {
    return this.as(
      caller,
      request(this.server).post(`/api/jit/v1${path}`).send(body),
    );
  }

  /** Has an agent of the caller's do an action: its output, and the status that an error would be. */
  async act(
    caller: string,
    name: string,
    input: object = {},
  ): ReturnType<typeof invokeAction> {
    return await invokeAction(this.actions, { caller, name, input });
  }

  /** Puts a lease into the ledger in any state, as if the engine had brought it there. */
  async put(given?: Partial<LeaseRecord>): Promise<LeaseRecord> {
    const { ledger } = this;
    const now = await ledger.clock.now(ledger.knex);
    const profileId = given?.profileId ?? 'read';
    const pinned = this.policy.profiles.pin({
      profileId,
      target:
        profileId === 'free'
          ? undefined
          : ENTITIES.find(
              ({ kind, metadata }) =>
                kind === 'Resource' && metadata.namespace === 'default',
            ),
    });
    await insertProfile(ledger, pinned);
    const id = randomUUID();
    const lease: LeaseRecord = {
      id,
      requestId: randomUUID(),
      entitlementId: id,
      kind: 'access',
      state: 'active',
      version: 1,
      profileId,
      profileTitle: pinned.content.title,
      profileHash: pinned.hash,
      provider: 'fake.access',
      connection: 'main',
      parameters: { name: 'reader' },
      requester: 'user:default/ada',
      subject: 'user:default/ada',
      entityRef: profileId === 'free' ? undefined : ORDERS_DB,
      durationMs: 30 * 60_000,
      grantWithinMs: 15 * 60_000,
      extensionsLeft: 2,
      maximumLifeMs: 5 * 3_600_000,
      requestedAt: now,
      startsAt: now,
      grantedAt: now,
      expiresAt: now + 30 * 60_000,
      extensibleUntil: now + 5 * 3_600_000,
      attempts: 0,
      eventSequence: 0,
      eventHead: '',
      ...given,
    };
    await insertLease(ledger, {
      lease,
      entitlement: entitlementOf({ leaseId: id, ...lease }),
      events: [
        {
          leaseId: id,
          type: 'lease.requested',
          actor: lease.requester,
          to: 'requested',
        },
      ],
    });
    if (isUnfinished(lease.state) && lease.state !== 'approved') {
      await ledger.knex(TABLES.entitlements).insert(
        toRow(entitlementColumns, {
          ...entitlementOf({ leaseId: id, ...lease }),
          attempted: true,
        }),
      );
    }
    return lease;
  }

  /** A lease as the ledger holds it: more than the API tells. */
  async lease(id: string): Promise<LeaseRecord> {
    return (await readLease(this.ledger, { id }))!;
  }

  /** Puts a request of Ada's into the ledger, granted by rule. */
  async putRequest(given?: Partial<RequestRecord>): Promise<string> {
    const { knex, clock } = this.ledger;
    const requestedAt = await clock.now(knex);
    const record: RequestRecord = {
      id: randomUUID(),
      state: 'approved',
      version: 1,
      kind: 'new',
      requester: 'user:default/ada',
      subject: 'user:default/ada',
      breakGlass: false,
      steps: [],
      revision: 1,
      requestedAt,
      ...given,
    };
    await knex(TABLES.requests).insert(toRow(requestColumns, record));
    return record.id;
  }

  /** Changes a lease behind everybody's back. */
  async change(id: string, changes: Partial<LeaseRecord>): Promise<void> {
    const row = toRow(leaseColumns, changes as LeaseRecord);
    const given = Object.keys(changes).map(
      field => leaseColumns[field as keyof LeaseRecord][0],
    );
    await this.ledger
      .knex(TABLES.leases)
      .where({ id })
      .update(Object.fromEntries(given.map(column => [column, row[column]])));
  }

  private as(caller: string, test: Test): Test {
    return test.set(CALLER_HEADER, caller);
  }
}

/** The pool opens them one by one: the first of many calls at once would be done before the second has a connection. */
async function openAllConnections(knex: Knex): Promise<void> {
  const { max } = knex.client.pool as { max: number };
  const transactions = await Promise.all(
    Array.from({ length: max }, () => knex.transaction()),
  );
  await Promise.all(transactions.map(each => each.rollback()));
}
