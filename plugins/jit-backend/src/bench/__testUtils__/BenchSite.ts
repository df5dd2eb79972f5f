import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { Knex, knex as connect } from 'knex';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_ENGINE_SETTINGS } from '../../config';
import { SystemDatabaseClock } from '../../database/DatabaseClock';
import { Ledger } from '../../database/Ledger';
import { migrate } from '../../database/migrate';
import { syncConnections } from '../../database/operations/connections/syncConnections';
import { TABLES } from '../../database/tables';
import { inTransaction } from '../../database/transaction';
import { DefaultJitEngine, EngineOptions } from '../../engine/DefaultJitEngine';
import { OutsideSystems } from '../../engine/OutsideSystems';
import { EventChain } from '../../events/EventChain';
import { activeLease } from '../../leases/__testUtils__/activeLease';
import { entitlementOf } from '../../leases/entitlementOf';
import { LeaseRecord } from '../../leases/records';
import { ConnectionRegistry } from '../../policy';
import { BENCH_IDENTITY, createBenchProvider } from './BenchProvider';
import { insertLive } from './insertLive';

const DAY_MS = 24 * 3_600_000;

/** The connection of a site that has one. */
export const MAIN = 'main';

/** Something that has what is due done. */
export interface Dispatcher {
  start(dueAt: number): Promise<void>;
  stop(): Promise<void>;
}

/** An engine as in production over a database of its own on a real PostgreSQL, and a provider whose calls take a given time. */
export class BenchSite {
  static async open(options: {
    /** Of the PostgreSQL. */
    server: string;
    latencyMs: number;
    /** How many calls may be out at once. */
    inFlight: number;
    /** One when not given. */
    connections?: string[];
  }): Promise<BenchSite> {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    const admin = connect({ client: 'pg', connection: options.server });
    await admin.raw('create database ??', [name]);
    const database = new URL(`/${name}`, options.server).href;
    const knex = connect({ client: 'pg', connection: database });
    await migrate(knex);
    const leave = async () => {
      await admin.raw('drop database ?? with (force)', [name]);
      await admin.destroy();
    };
    return new BenchSite({ ...options, database, knex, leave });
  }

  /** Another replica on the database of a site. */
  static join(options: {
    database: string;
    latencyMs: number;
    inFlight: number;
  }): BenchSite {
    const knex = connect({ client: 'pg', connection: options.database });
    return new BenchSite({ ...options, knex, leave: async () => {} });
  }

  readonly provider: ReturnType<typeof createBenchProvider>;
  readonly ledger: Ledger;
  readonly engineOptions: EngineOptions;
  readonly engine: Dispatcher;
  readonly #core: DefaultJitEngine;

  private constructor(
    private readonly options: {
      database: string;
      knex: Knex;
      leave(): Promise<void>;
      latencyMs: number;
      inFlight: number;
      connections?: string[];
    },
  ) {
    const { knex, inFlight } = options;
    this.provider = createBenchProvider(options);
    this.ledger = {
      knex,
      clock: new SystemDatabaseClock(),
      chain: new EventChain([{ id: 'k1', secret: 'only for the benchmark' }]),
    };
    const providers = new Map([[this.provider.id, this.provider]]);
    const logger = WinstonLogger.create({ level: 'error' });
    this.engineOptions = {
      ledger: this.ledger,
      systems: new OutsideSystems({
        providers,
        connections: ConnectionRegistry.create({
          connections: this.#connections(),
          providers,
        }),
        mark: { installation: 'bench', ledgerId: 'bench' },
        callTimeoutMs: DEFAULT_ENGINE_SETTINGS.callTimeoutMs,
        logger,
      }),
      settings: { ...DEFAULT_ENGINE_SETTINGS, capacity: inFlight },
      activity: { everyMs: 60_000 },
      logger,
      checkEligibility: async () => ({
        operation: 'eligibility',
        verdict: { eligible: true },
      }),
    };
    this.#core = new DefaultJitEngine(this.engineOptions);
    this.engine = ticking(this.#core);
  }

  /** Where the database of this site is. */
  get database(): string {
    return this.options.database;
  }

  /** Puts so many live leases of a connection into the ledger. Returns the names of their things. */
  async fill(count: number, connection: string = MAIN): Promise<string[]> {
    const { ledger, provider } = this;
    await syncConnections(ledger, this.#connections());
    const now = await ledger.clock.now(ledger.knex);
    const names = await insertLive(ledger, {
      count,
      lease: liveLease({ provider: provider.id, connection, now }),
      identity: BENCH_IDENTITY,
    });
    return names;
  }

  /**
   * Lets all that is active end at one instant.
   *
   * @param by - what does it: the engine when not given
   * @returns how long it takes until all but so many are seen to be gone, by the database's clock
   */
  async endAllAtOnce(options: {
    but: number;
    by?: Dispatcher;
    inMs?: number;
  }): Promise<number> {
    const { but, by = this.engine, inMs } = options;
    const dueAt = await this.endEach({ apartMs: 0, inMs });
    await by.start(dueAt);
    await this.until(async () => (await this.left()) === but);
    await by.stop();
    const [{ last }] = await this.ledger
      .knex(TABLES.leases)
      .max({ last: 'verified_at' });
    return Number(last) - dueAt;
  }

  /**
   * Lets what is active end one after the other, so far apart.
   *
   * @returns of each lease when it was to end, and when it was verified absent, by the database's clock, in epoch milliseconds
   */
  async endOneByOne(options: {
    apartMs: number;
  }): Promise<
    Array<{ externalName: string; expiresAt: number; verifiedAt: number }>
  > {
    const dueAt = await this.endEach(options);
    await this.engine.start(dueAt);
    await this.until(async () => (await this.left()) === 0);
    await this.engine.stop();
    const rows = await this.ledger
      .knex(TABLES.leases)
      .select('id', 'expires_at', 'verified_at');
    return rows.map(row => ({
      externalName: externalNameOf(row.id),
      expiresAt: Number(row.expires_at),
      verifiedAt: Number(row.verified_at),
    }));
  }

  /** Has nothing to do for so long. */
  async idle(options: { milliseconds: number }): Promise<void> {
    const until = performance.now() + options.milliseconds;
    await this.engine.start(0);
    await this.until(async () => performance.now() > until);
    await this.engine.stop();
  }

  /** Does something, and tells how many statements went to the database meanwhile. */
  async counting<T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; statements: number }> {
    const { knex } = this.ledger;
    let statements = 0;
    const count = () => {
      statements += 1;
    };
    knex.on('query', count);
    const result = await work();
    knex.off('query', count);
    return { result, statements };
  }

  async close(): Promise<void> {
    const { knex, leave } = this.options;
    await this.engine.stop();
    await this.#core.stop();
    await knex.destroy();
    await leave();
  }

  #connections() {
    const { inFlight, connections = [MAIN] } = this.options;
    return connections.map(name => ({
      name,
      type: 'bench',
      concurrency: inFlight,
      settings: {},
    }));
  }

  async until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) {
      await sleep(DEFAULT_ENGINE_SETTINGS.tickMs / 2);
    }
  }

  /** Sets when each lease ends, the first in a second if not said otherwise. Returns that instant. */
  async endEach(options: { apartMs: number; inMs?: number }): Promise<number> {
    const { clock, knex } = this.ledger;
    const dueAt = (await clock.now(knex)) + (options.inMs ?? 1_000);
    await inTransaction(this.ledger, async tx => {
      await tx.knex.raw(
        `update ?? as lease set expires_at = ? + n * ?
         from (select id, row_number() over (order by id) - 1 as n from ??) as place
         where lease.id = place.id`,
        [TABLES.leases, dueAt, options.apartMs, TABLES.leases],
      );
      await tx.knex.raw(
        `update ?? as entitlement set next_at = expires_at, turn_at = expires_at
         from ?? as lease where lease.entitlement_id = entitlement.id`,
        [TABLES.entitlements, TABLES.leases],
      );
    });
    return dueAt;
  }

  /** How many are not gone yet. */
  async left(): Promise<number> {
    return (await this.#count('active')) + (await this.#count('revoking'));
  }

  async #count(state: LeaseRecord['state']): Promise<number> {
    const [{ count }] = await this.ledger
      .knex(TABLES.leases)
      .where({ state })
      .count();
    return Number(count);
  }
}

/** As the scheduler does it: a tick now and then, whatever else wakes the engine. */
function ticking(engine: DefaultJitEngine): Dispatcher {
  let ticks: NodeJS.Timeout | undefined;
  return {
    async start() {
      ticks = setInterval(() => engine.wake(), DEFAULT_ENGINE_SETTINGS.tickMs);
      engine.wake();
    },
    async stop() {
      clearInterval(ticks);
    },
  };
}

function externalNameOf(leaseId: string): string {
  return entitlementOf({ leaseId, connection: MAIN, provider: 'bench.thing' })
    .externalName;
}

function liveLease({
  provider,
  connection,
  now,
}: {
  provider: string;
  connection: string;
  now: number;
}) {
  return activeLease({
    provider,
    connection,
    durationMs: DAY_MS,
    maximumLifeMs: DAY_MS,
    requestedAt: now,
    startsAt: now,
    grantedAt: now,
    expiresAt: now + DAY_MS,
  });
}
