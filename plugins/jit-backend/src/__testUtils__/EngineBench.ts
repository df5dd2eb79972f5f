import { mockServices } from '@backstage/backend-test-utils';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import {
  createFakeProvider,
  FakeProviderOptions,
  FakeWorld,
  systemClock,
} from '@backstage-jit/plugin-jit-test-utils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { DEFAULT_ENGINE_SETTINGS, EngineSettings } from '../config';
import { fromRow } from '../database/columns';
import { Ledger } from '../database/Ledger';
import { migrate } from '../database/migrate';
import { syncConnections } from '../database/operations/connections/syncConnections';
import { insertLease } from '../database/operations/leases/insertLease';
import { readLease } from '../database/operations/leases/readLease';
import { readLedgerId } from '../database/operations/readLedgerId';
import { lookAhead } from '../database/operations/engine/lookAhead';
import { eventColumns, leaseColumns, TABLES } from '../database/tables';
import { inTransaction } from '../database/transaction';
import { OutsideSystems } from '../engine/OutsideSystems';
import { ConnectionRegistry } from '../policy';
import {
  BUSY_WAIT_MS,
  DefaultJitEngine,
  EngineOptions,
} from '../engine/DefaultJitEngine';
import { EventChain } from '../events/EventChain';
import { entitlementOf } from '../leases/entitlementOf';
import { EndWish, LeaseRecord } from '../leases/records';
import { SteppedClock } from './SteppedClock';

/** Waits far shorter than in production, so that real time plays no part. */
const SETTINGS: EngineSettings = {
  ...DEFAULT_ENGINE_SETTINGS,
  backoffMinMs: 1_000,
  backoffMaxMs: 10_000,
};

export interface EngineBenchOptions {
  provider?: FakeProviderOptions;
  /** Of each connection. */
  concurrency?: number;
}

/**
 * The real engine on a real ledger, over a fake world, with a clock that a test moves.
 */
export class EngineBench {
  static async create(
    knex: Knex,
    options?: EngineBenchOptions,
  ): Promise<EngineBench> {
    await migrate(knex);
    const clock = new SteppedClock();
    const ledger: Ledger = {
      knex,
      clock,
      chain: new EventChain([{ id: 'k1', secret: 'only for tests' }]),
    };
    const world = new FakeWorld({
      clock: { ...systemClock, now: () => clock.worldNow() },
    });
    const bench = new EngineBench(
      ledger,
      clock,
      world,
      createFakeProvider({ outside: world, ...options?.provider }),
      await readLedgerId(ledger),
      options?.concurrency ?? 8,
    );
    await syncConnections(ledger, bench.connections());
    return bench;
  }

  /** Whether the catalog lets people have what they ask for. */
  verdict: Awaited<ReturnType<EngineOptions['checkEligibility']>> = {
    operation: 'eligibility',
    verdict: { eligible: true },
  };

  private constructor(
    readonly ledger: Ledger,
    readonly clock: SteppedClock,
    readonly world: FakeWorld,
    readonly provider: JitProvider,
    private readonly ledgerId: string,
    private readonly concurrency: number,
  ) {}

  /** One replica; several may share a bench. */
  engine(
    options?: Partial<EngineOptions> & { configured?: boolean },
  ): DefaultJitEngine {
    return new DefaultJitEngine({
      ledger: this.ledger,
      settings: SETTINGS,
      activity: { everyMs: 60_000 },
      logger: mockServices.logger.mock(),
      checkEligibility: async () => this.verdict,
      systems: this.systems(options),
      ...options,
    });
  }

  /** The way to the world, or to nowhere when its connection is not configured. */
  systems(options?: { configured?: boolean }): OutsideSystems {
    const providers = new Map([[this.provider.id, this.provider]]);
    return new OutsideSystems({
      providers,
      connections: ConnectionRegistry.create({
        connections: options?.configured === false ? [] : this.connections(),
        providers,
      }),
      mark: { installation: 'bench', ledgerId: this.ledgerId },
      callTimeoutMs: SETTINGS.callTimeoutMs,
      logger: mockServices.logger.mock(),
    });
  }

  connections() {
    return ['main', 'beside'].map(name => ({
      name,
      type: 'fake',
      concurrency: this.concurrency,
      settings: { system: name, ceiling: { names: ['reader'] } },
    }));
  }

  /** Puts an approved lease into the ledger, as a request would. */
  async ask(options?: Partial<LeaseRecord>): Promise<string> {
    const { ledger, provider } = this;
    const now = await ledger.clock.now(ledger.knex);
    const id = randomUUID();
    const lease: LeaseRecord = {
      id,
      requestId: randomUUID(),
      entitlementId: id,
      kind: provider.kind,
      state: 'approved',
      version: 1,
      profileId: 'bench',
      profileTitle: 'Bench',
      profileHash: 'none',
      provider: provider.id,
      connection: 'main',
      parameters: { name: 'reader' },
      requester: 'user:default/ada',
      subject: 'user:default/ada',
      durationMs: 30 * 60_000,
      grantWithinMs: 15 * 60_000,
      extensionsLeft: 2,
      maximumLifeMs: 4 * 3_600_000,
      requestedAt: now,
      startsAt: now,
      attempts: 0,
      eventSequence: 0,
      eventHead: '',
      ...options,
    };
    const entitlement = entitlementOf({
      leaseId: lease.entitlementId,
      connection: lease.connection,
      provider: provider.id,
      key: provider.entitlementKey?.({ lease, params: lease.parameters }),
    });
    await inTransaction(ledger, tx =>
      insertLease(tx, {
        lease: { ...lease, entitlementId: entitlement.id },
        entitlement,
        events: [
          { leaseId: id, type: 'lease.requested', actor: lease.subject },
        ],
      }),
    );
    return id;
  }

  /** Puts the parts of a bundle into the ledger, each on a connection of its own, as a request would. */
  async askBundle(
    parts: Array<Partial<LeaseRecord>>,
    common?: Partial<LeaseRecord>,
  ): Promise<string[]> {
    const requestId = randomUUID();
    const ids: string[] = [];
    for (const [part, lease] of parts.entries()) {
      ids.push(
        await this.ask({
          requestId,
          connection: part % 2 ? 'beside' : 'main',
          profileId: `part-${part}`,
          profileTitle: `Part ${part}`,
          bundle: { id: 'bench', title: 'Bench', part, parts: parts.length },
          awaitsParts: part > 0 || undefined,
          ...common,
          ...lease,
        }),
      );
    }
    return ids;
  }

  /** Writes the wish that a lease ends, as the lease service does. */
  async wishEnd(id: string, wish?: Partial<EndWish>): Promise<void> {
    const { ledger } = this;
    const now = await ledger.clock.now(ledger.knex);
    const { entitlementId } = await this.lease(id);
    await inTransaction(ledger, async ({ knex }) => {
      await knex(TABLES.entitlements)
        .where({ id: entitlementId })
        .update({ next_at: now, turn_at: now });
      await knex(TABLES.leases)
        .where({ id })
        .update({
          end_wish: JSON.stringify({
            reason: 'returned',
            actor: 'user:default/ada',
            at: now,
            ...wish,
          }),
          version: knex.raw('version + 1'),
        });
    });
  }

  async lease(id: string): Promise<LeaseRecord> {
    return (await readLease(this.ledger, { id }))!;
  }

  async leases(): Promise<LeaseRecord[]> {
    const rows = await this.ledger.knex(TABLES.leases).orderBy('id');
    return rows.map(row => fromRow(leaseColumns, row));
  }

  /** The types of a lease's events, its chain checked. */
  async story(id: string): Promise<string[]> {
    const rows = await this.ledger
      .knex(TABLES.events)
      .where({ lease_id: id })
      .orderBy('sequence');
    const events = rows.map(row => fromRow(eventColumns, row));
    const fault = this.ledger.chain.verify(events, await this.lease(id));
    if (fault) {
      throw new Error(
        `The history of ${id} is broken: ${JSON.stringify(fault)}`,
      );
    }
    return events.map(event => event.type);
  }

  /** Lets the engines do all that is due now. */
  async work(...engines: DefaultJitEngine[]): Promise<void> {
    await Promise.all(
      engines.map(async engine => {
        await engine.tick();
        await engine.idle();
      }),
    );
  }

  /** Moves the clock from one due instant to the next until `until` holds, and works at each. */
  async run(
    engines: DefaultJitEngine[],
    until: () => Promise<boolean>,
    options?: { steps?: number },
  ): Promise<void> {
    for (let step = 0; step < (options?.steps ?? 200); step += 1) {
      await this.work(...engines);
      if (await until()) {
        return;
      }
      this.clock.advance(waitFor((await lookAhead(this.ledger)).nextIn));
    }
    throw new Error(
      `Not there after many steps: ${JSON.stringify(await this.leases())}`,
    );
  }

  /** True when every lease is finished and nothing is left in the queue. */
  async atRest(): Promise<boolean> {
    const left = await this.ledger.knex(TABLES.entitlements).first('id');
    return left === undefined;
  }
}

/** How long the engine has to wait when it has done all it could. */
function waitFor(dueIn: number | undefined): number {
  if (dueIn === undefined) {
    // Nothing free is due: what a dead worker holds is, once its claim has run out.
    return SETTINGS.claimLifeMs + 1;
  }
  // What is due and was not done waits for a slot, which dead workers may hold: the engine itself looks again that often.
  return dueIn > 0 ? dueIn : BUSY_WAIT_MS;
}
