import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { Knex, knex as connect } from 'knex';
import { randomBytes } from 'node:crypto';
import { DEFAULT_ENGINE_SETTINGS } from '../../config';
import { SystemDatabaseClock } from '../../database/DatabaseClock';
import { Ledger } from '../../database/Ledger';
import { migrate } from '../../database/migrate';
import { syncConnections } from '../../database/operations/connections/syncConnections';
import { TABLES } from '../../database/tables';
import { inTransaction } from '../../database/transaction';
import { DefaultJitEngine } from '../../engine/DefaultJitEngine';
import { OutsideSystems } from '../../engine/OutsideSystems';
import { EventChain } from '../../events/EventChain';
import { activeLease } from '../../leases/__testUtils__/activeLease';
import { entitlementOf } from '../../leases/entitlementOf';
import { LeaseRecord } from '../../leases/records';
import { ConnectionRegistry } from '../../policy';
import { BENCH_IDENTITY, createBenchProvider } from './BenchProvider';
import { insertLive } from './insertLive';

const DAY_MS = 24 * 3_600_000;

/** An engine as in production over a database of its own on a real PostgreSQL, and a provider whose calls take a given time. */
export class BenchSite {
  static async open(options: {
    /** Of the PostgreSQL. */
    server: string;
    latencyMs: number;
    /** How many calls may be out at once. */
    inFlight: number;
  }): Promise<BenchSite> {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    const admin = connect({ client: 'pg', connection: options.server });
    await admin.raw('create database ??', [name]);
    const knex = connect({
      client: 'pg',
      connection: new URL(`/${name}`, options.server).href,
    });
    await migrate(knex);
    return new BenchSite({ ...options, name, admin, knex });
  }

  readonly provider: ReturnType<typeof createBenchProvider>;
  readonly ledger: Ledger;
  readonly #engine: DefaultJitEngine;

  private constructor(
    private readonly options: {
      name: string;
      admin: Knex;
      knex: Knex;
      latencyMs: number;
      inFlight: number;
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
    this.#engine = new DefaultJitEngine({
      ledger: this.ledger,
      systems: new OutsideSystems({
        providers,
        connections: ConnectionRegistry.create({
          connections: this.#connections(),
          providers,
        }),
        mark: { installation: 'bench', ledgerId: options.name },
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
    });
  }

  /** Puts so many live leases into the ledger, with their things outside. Returns the things' names. */
  async fill(count: number): Promise<string[]> {
    const { ledger, provider } = this;
    await syncConnections(ledger, this.#connections());
    const now = await ledger.clock.now(ledger.knex);
    const names = await insertLive(ledger, {
      count,
      lease: liveLease({ provider: provider.id, now }),
      identity: BENCH_IDENTITY,
    });
    names.forEach(name => provider.things.add(name));
    return names;
  }

  /**
   * Lets all that is active end at one instant.
   *
   * @returns how long it takes until all but so many are seen to be gone, by the database's clock
   */
  async endAllAtOnce(options: { but: number }): Promise<number> {
    const dueAt = await this.#endEach({ apartMs: 0 });
    await this.#workUntil(async () => (await this.#left()) === options.but);
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
    await this.#endEach(options);
    await this.#workUntil(async () => (await this.#left()) === 0);
    const rows = await this.ledger
      .knex(TABLES.leases)
      .select('id', 'expires_at', 'verified_at');
    return rows.map(row => ({
      externalName: externalNameOf(row.id),
      expiresAt: Number(row.expires_at),
      verifiedAt: Number(row.verified_at),
    }));
  }

  /** Has nothing to do for so long. Returns how many statements that took. */
  async idle(options: { milliseconds: number }): Promise<number> {
    const { knex } = this.ledger;
    const until = performance.now() + options.milliseconds;
    let statements = 0;
    const count = () => {
      statements += 1;
    };
    knex.on('query', count);
    await this.#workUntil(async () => performance.now() > until);
    knex.off('query', count);
    return statements;
  }

  async close(): Promise<void> {
    const { admin, knex, name } = this.options;
    await this.#engine.stop();
    await knex.destroy();
    await admin.raw('drop database ?? with (force)', [name]);
    await admin.destroy();
  }

  #connections() {
    const { inFlight } = this.options;
    return [
      { name: 'main', type: 'bench', concurrency: inFlight, settings: {} },
    ];
  }

  /** As the scheduler does it: a tick now and then, whatever else wakes the engine. */
  async #workUntil(isDone: () => Promise<boolean>): Promise<void> {
    const { tickMs } = DEFAULT_ENGINE_SETTINGS;
    const ticks = setInterval(() => this.#engine.wake(), tickMs);
    try {
      this.#engine.wake();
      while (!(await isDone())) {
        await new Promise(resolve => {
          setTimeout(resolve, tickMs / 2);
        });
      }
    } finally {
      clearInterval(ticks);
    }
  }

  /** Sets when each lease ends, the first in a second. Returns that instant. */
  async #endEach(options: { apartMs: number }): Promise<number> {
    const { clock, knex } = this.ledger;
    const dueAt = (await clock.now(knex)) + 1_000;
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

  async #left(): Promise<number> {
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

function externalNameOf(leaseId: string): string {
  return entitlementOf({ leaseId, connection: 'main', provider: 'bench.thing' })
    .externalName;
}

function liveLease({ provider, now }: { provider: string; now: number }) {
  return activeLease({
    provider,
    durationMs: DAY_MS,
    maximumLifeMs: DAY_MS,
    requestedAt: now,
    startsAt: now,
    grantedAt: now,
    expiresAt: now + DAY_MS,
  });
}
