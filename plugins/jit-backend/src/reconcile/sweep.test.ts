import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import jitModulePostgres from '@backstage-jit/plugin-jit-backend-module-postgres';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import {
  createLeaseContext,
  createProviderCollector,
} from '@backstage-jit/plugin-jit-test-utils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { SteppedClock } from '../__testUtils__/SteppedClock';
import { DEFAULT_ENGINE_SETTINGS } from '../config';
import { testPostgres } from '../crash/__testUtils__/CrashLedger';
import { OutsidePostgres } from '../crash/__testUtils__/outside/OutsidePostgres';
import { Ledger } from '../database/Ledger';
import { migrate } from '../database/migrate';
import { syncConnections } from '../database/operations/connections/syncConnections';
import { lookAhead } from '../database/operations/engine/lookAhead';
import { readLedgerId } from '../database/operations/readLedgerId';
import { allowHeld } from '../database/operations/reconcile/reports';
import { TABLES } from '../database/tables';
import { DefaultJitEngine } from '../engine/DefaultJitEngine';
import { OutsideSystems } from '../engine/OutsideSystems';
import { EventChain } from '../events/EventChain';
import { entitlementOf } from '../leases/entitlementOf';
import { ConnectionRegistry } from '../policy';
import { createReconciler } from './__testUtils__/createReconciler';

jest.setTimeout(600_000);

const ORPHANS = 50;
const INSTALLATION = 'sweep';

/** Of the same config with another ledger, and of another installation with this one. */
const OTHERS = [{ ledgerId: 'another' }, { installation: `${INSTALLATION}-2` }];

/** The providers that the module brings, without the rest of a backend. */
async function loadProviders(): Promise<Map<string, JitProvider>> {
  const { plugin, providers } = createProviderCollector();
  await startTestBackend({ features: [plugin, jitModulePostgres] });
  return new Map(providers.map(provider => [provider.id, provider]));
}

async function createSweep(knex: Knex, outside: OutsidePostgres) {
  await migrate(knex);
  const clock = new SteppedClock();
  const chain = new EventChain([{ id: 'k1', secret: 'only for tests' }]);
  const ledger: Ledger = { knex, clock, chain };
  const { type, ...settings } = outside.connection;
  const connections = [
    { name: 'outside', type: String(type), concurrency: 8, settings },
  ];
  await syncConnections(ledger, connections);
  const providers = await loadProviders();
  const logger = mockServices.logger.mock();
  const mark = {
    installation: INSTALLATION,
    ledgerId: await readLedgerId(ledger),
  };
  const registry = ConnectionRegistry.create({ connections, providers });
  const systems = new OutsideSystems({
    providers,
    connections: registry,
    mark,
    callTimeoutMs: DEFAULT_ENGINE_SETTINGS.callTimeoutMs,
    logger,
  });
  const engine = new DefaultJitEngine({
    ledger,
    settings: DEFAULT_ENGINE_SETTINGS,
    activity: { everyMs: 60_000 },
    logger,
    checkEligibility: async () => ({
      operation: 'eligibility',
      verdict: { eligible: true },
    }),
    systems,
  });
  const reconciler = createReconciler({
    ledger,
    systems,
    engine,
    settings: { orphans: { infrastructure: 'remove' } },
  });
  const work = async () => {
    for (;;) {
      await engine.tick();
      await engine.idle();
      if (!(await knex(TABLES.entitlements).first('id'))) {
        return;
      }
      clock.advance(Math.max((await lookAhead(ledger)).nextIn ?? 1, 1));
    }
  };
  const pass = async () => {
    await reconciler.reconcileAll('access');
    await reconciler.reconcileAll('infrastructure');
    clock.advance(60_000);
    await work();
  };
  /** Makes what no lease in the ledger answers for. */
  const makeOrphan = async (by: typeof mark) => {
    const lease = { id: randomUUID() };
    const { externalName } = entitlementOf({
      leaseId: lease.id,
      connection: 'outside',
      provider: 'postgres.database',
    });
    await providers.get('postgres.database')!.grant(
      createLeaseContext({
        params: {},
        connection: registry.forProvider({
          connection: 'outside',
          provider: 'postgres.database',
        })!,
        lease,
        externalName,
        mark: by,
      }),
    );
    return externalName;
  };
  return { ledger, engine, mark, pass, makeOrphan };
}

describe('a sweep of a real PostgreSQL, with two providers on one connection', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let outside: OutsidePostgres;

  beforeAll(async () => {
    outside = await OutsidePostgres.open(testPostgres());
  });

  afterAll(async () => {
    await outside?.close();
  });

  it('removes what is ours once an operator has said so, and leaves what looks like it', async () => {
    const sweep = await createSweep(
      await databases.init('POSTGRES_18'),
      outside,
    );
    const { mark } = sweep;
    const orphans: string[] = [];
    const foreign: string[] = [];
    for (let made = 0; made < ORPHANS; made += 1) {
      orphans.push(await sweep.makeOrphan(mark));
      foreign.push(
        made < 5
          ? await sweep.makeOrphan({ ...mark, ...OTHERS[made % OTHERS.length] })
          : await outside.makeLookalike(mark, made),
      );
    }
    const before = await outside.describe(foreign);
    expect(before).toHaveLength(ORPHANS);

    await sweep.pass();
    await sweep.pass();
    await sweep.pass();
    expect(await outside.describe(orphans)).toHaveLength(ORPHANS);
    expect(await allowHeld(sweep.ledger, 'outside')).toBe(true);
    await sweep.pass();

    expect(await outside.describe(orphans)).toEqual([]);
    expect(await outside.describe(foreign)).toEqual(before);
    const leases = await sweep.ledger
      .knex(TABLES.leases)
      .select('state', 'end_reason as reason', 'provider');
    expect(leases).toEqual(
      Array(ORPHANS).fill({
        state: 'revoked',
        reason: 'orphaned',
        provider: 'postgres.database',
      }),
    );
    await sweep.engine.stop();
    await outside.remove(foreign);
  });
});
