import { JsonObject } from '@backstage/types';
import {
  FakeOutsideServer,
  FakeThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { TABLES } from '../../database/tables';
import {
  BackendConfigOptions,
  backendConfig,
  QUICK_ENGINE,
} from './backendConfig';
import { BackendProcess } from './BackendProcess';
import { CrashLedger, createCrashLedger, LedgerKind } from './CrashLedger';
import { CrashWorld, LAGGING_SETTLE_MS } from './CrashWorld';
import { LedgerLine } from './LedgerLine';
import { InsidePoint, Occurring } from './KillPoint';
import { OutsideState, readOutside } from './checks/OutsideState';
import { STANDING_THINGS } from './crew';
import { SignIn } from './Batch';
import { Door } from './outside/Door';
import { configOf, openOutsides } from './outside/openOutsides';
import { Outside } from './outside/Outside';
import { PlannedLease } from './planBatch';
import { LeaseRecord } from '../../leases/records';
import { Trap } from './Trap';
import { waitFor } from './waitFor';

/** How wrong the clock of a process may be. */
const SKEW_MS = 10 * 60_000;

/**
 * One ledger and one outside world, which outlive every process that works on them; and the processes.
 */
export class Site {
  static async open(options: {
    ledger: LedgerKind;
    /** Whether there is nothing between the processes and a PostgreSQL: what cannot be cut costs nothing either. */
    direct?: boolean;
    /** `jit.engine`; quick when not given. */
    engine?: JsonObject;
    concurrency?: number;
    /** Whether things on real systems can be leased, and nothing else. */
    real?: boolean;
    /** Whether the world shows what happens only after a while. */
    lagging?: boolean;
  }): Promise<Site> {
    const { lagging } = options;
    const world = new CrashWorld({ lagging });
    await world.renew();
    const server = await FakeOutsideServer.start({ world });
    try {
      const ledger = await createCrashLedger(options.ledger, options);
      const door = new Door(world.trap);
      const outsides = options.real ? await openOutsides(door) : [];
      return new Site(world, server, ledger, {
        ...options,
        door,
        outsides,
        ...(lagging && { settleMs: LAGGING_SETTLE_MS }),
        ...(options.real && configOf(outsides)),
      });
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  readonly #processes = new Map<BackendProcess, string>();
  #spawned = 0;
  #spare?: BackendProcess;

  private constructor(
    readonly world: CrashWorld,
    private readonly server: FakeOutsideServer,
    readonly ledger: CrashLedger,
    private readonly options: Partial<BackendConfigOptions> & {
      door: Door;
      outsides: Outside[];
    },
  ) {}

  /** Where whoever asks the outside for something may be killed. */
  get trap(): Trap {
    return this.world.trap;
  }

  /** Between the processes and what they reach by HTTP. */
  get door(): Door {
    return this.options.door;
  }

  /** What somebody holds for good, outside any lease. */
  get standing(): FakeThing[] {
    return [
      ...STANDING_THINGS,
      ...this.#outsides.flatMap(({ standing }) => standing),
    ];
  }

  get #outsides(): Outside[] {
    return this.options.outsides;
  }

  /** Between the processes and their ledger; none when that is a file, or reached directly. */
  get line(): LedgerLine | undefined {
    return this.ledger.line;
  }

  /** Loads a process ahead, so that the next start is quick. Every second one has a clock that is wrong. */
  warmUp(): void {
    if (!this.#spare) {
      this.#spawned += 1;
      const clockOffsetMs = [0, SKEW_MS, 0, -SKEW_MS][this.#spawned % 4];
      this.#spare = BackendProcess.spawn({ clockOffsetMs });
    }
  }

  /**
   * @param options - `config`: what is different with this process
   * @returns a process that serves; or one that has died already, when it was armed
   */
  async start(options?: {
    arm?: Occurring<InsidePoint>;
    config?: Partial<BackendConfigOptions>;
  }): Promise<BackendProcess> {
    this.warmUp();
    const process = this.#spare!;
    this.#spare = undefined;
    const name = `crash-${this.#processes.size + 1}`;
    this.#processes.set(process, name);
    const start = () =>
      process.start({
        config: backendConfig({
          ...this.options,
          engine: this.options.engine ?? QUICK_ENGINE,
          database: this.ledger.config(name),
          worldUrl: this.server.url,
          ...options?.config,
        }),
        arm: options?.arm,
      });
    await (this.line ? this.line.whole(start) : start());
    return process;
  }

  /** Returns when a process is dead, and nothing that it had begun goes on anywhere. */
  async gone(process: BackendProcess): Promise<void> {
    await process.exited;
    await this.ledger.settled(this.#processes.get(process)!);
  }

  /** Returns when the ledger has nothing left to do. */
  async atRest(process: BackendProcess): Promise<void> {
    const { knex } = this.ledger.ledger;
    await waitFor(
      { what: 'every lease to be finished', withinMs: 90_000 },
      async () => {
        if (process.isGone) {
          throw new Error('The process ended by itself');
        }
        const left = await knex(TABLES.entitlements).first('id');
        return left === undefined;
      },
    );
  }

  /** Has the outside forget what is over. Only when nothing is left to do. */
  async renew(): Promise<void> {
    await this.world.renew();
    await Promise.all(this.#outsides.map(outside => outside.renew()));
  }

  /** Makes what has to be outside before a lease is asked for; once. */
  readonly prepare = (lease: PlannedLease): void =>
    this.#outsides.forEach(outside => outside.prepare?.(lease));

  readonly signIn: SignIn = async (lease, credentials) => {
    for (const outside of this.#outsides) {
      if (await outside.use(lease, credentials)) {
        return true;
      }
    }
    const things = await this.world.things();
    const thing = things.find(({ leaseId }) => leaseId === lease.id);
    const session =
      thing &&
      (await this.world.signIn({
        key: thing.key,
        secret: credentials.forms[0].value,
      }));
    return session?.sessionId !== undefined;
  };

  /** All that is outside. */
  async look(): Promise<OutsideState> {
    return await readOutside(this.world, this.#outsides);
  }

  /** What is wrong outside when a process is dead. */
  async checkOnce(leases: LeaseRecord[]): Promise<string[]> {
    return (
      await Promise.all(this.#outsides.map(each => each.checkOnce(leases)))
    ).flat();
  }

  /** What is wrong outside when nothing is left to do, besides what a look shows. */
  async checkAtRest(
    ...of: Parameters<Outside['checkAtRest']>
  ): Promise<string[]> {
    return (
      await Promise.all(this.#outsides.map(each => each.checkAtRest(...of)))
    ).flat();
  }

  /** What the processes that were alive last said. */
  get logs(): string {
    return [...this.#processes]
      .slice(-2)
      .map(([process, name]) => `--- ${name}\n${process.log}`)
      .join('\n');
  }

  async close(): Promise<void> {
    const all = [...this.#processes.keys()];
    await Promise.all(
      [...all, ...(this.#spare ? [this.#spare] : [])].map(each => each.kill()),
    );
    await this.server.stop();
    await Promise.all(this.#outsides.map(outside => outside.close()));
    await this.ledger.remove();
  }
}
