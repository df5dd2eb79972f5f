import { BackendProcess } from './BackendProcess';
import { Batch } from './Batch';
import { checkAtRest } from './checks/checkAtRest';
import { checkDead } from './checks/checkDead';
import { checkHistories } from './checks/checkHistories';
import { checkRequests } from './checks/checkRequests';
import { OutsideState } from './checks/OutsideState';
import { describePoint, isInside, KillPoint, Occurring } from './KillPoint';
import { EpisodePlan } from './planEpisode';
import { forgetFinished, LedgerState, readLedger } from './readLedger';
import { Site } from './Site';
import { waitFor } from './waitFor';
import { begin } from './Weather';

/** The longest time after which a process that is killed by time dies. */
const TIME_MS = 1_500;

/** So much before a late call can no longer land it lands at the latest: a timer is not exact. */
const LANDING_MARGIN_MS = 20;

/** A point that a process is armed with, and how to take back what of it is not in the process, if anything is. */
interface Arm {
  point: Occurring<KillPoint>;
  disarm?: () => void;
}

/** One batch of leases, what kills those who work on them, and a look at everything after each death and at the end. */
export class Episode {
  readonly killed: string[] = [];
  readonly missed: string[] = [];
  readonly #problems: string[] = [];
  /** The calls that were over when somebody had died: what a later death leaves is not theirs. */
  readonly #buried = new Set<string>();
  readonly #landings: Promise<void>[] = [];

  readonly #batch: Batch;

  constructor(private readonly site: Site, private readonly plan: EpisodePlan) {
    const { prepare, signIn } = site;
    this.#batch = new Batch({ plan: plan.batch, prepare, signIn });
  }

  /** How often somebody was let in by what they were given. */
  get letIn(): number {
    return this.#batch.letIn;
  }

  /** @returns the process that carries on */
  async run(first: BackendProcess): Promise<BackendProcess> {
    const { site, plan } = this;
    await site.renew();
    await forgetFinished(site.ledger.ledger);
    const survivors: BackendProcess[] = [];
    while (survivors.length < plan.survivors) {
      survivors.push(await site.start());
    }
    site.warmUp();
    const calm = plan.weather && (await begin(plan.weather, site));

    const last = await this.#killAll(first, survivors);
    await this.#batch.drive(last);
    await site.atRest(last);
    await Promise.all(this.#landings);
    await calm?.();
    await site.atRest(last);
    for (const other of survivors) {
      await other.kill();
      await site.gone(other);
    }
    await this.#checkAtRest();
    return last;
  }

  /** Has one process after the other die over the work, as long as there is some. @returns the one that is left */
  async #killAll(
    first: BackendProcess,
    survivors: BackendProcess[],
  ): Promise<BackendProcess> {
    const { kills } = this.plan;
    let at: { process: BackendProcess; arm?: Arm } = {
      process: first,
      arm: await this.#arm(first, kills[0]),
    };
    for (let next = 1; at.arm; next += 1) {
      const { process, arm } = at;
      const driving = this.#batch.drive(process);
      const died = await this.#dies(process, arm, driving);
      await driving;
      if (!died) {
        return process;
      }
      await this.#bury(process, { alone: survivors.length === 0 });
      at = await this.#takeOver(survivors.pop(), kills[next]);
    }
    return at.process;
  }

  /** Who takes over, which may have to die over it: one that is there, or one that is started and may not even get so far. */
  async #takeOver(
    survivor: BackendProcess | undefined,
    point: Occurring<KillPoint> | undefined,
  ): Promise<{ process: BackendProcess; arm?: Arm }> {
    const { site } = this;
    if (survivor) {
      return {
        process: survivor,
        arm: point && (await this.#arm(survivor, point)),
      };
    }
    const inside = point && isInside(point) ? point : undefined;
    const process = await site.start({ arm: inside });
    if (!point) {
      return { process };
    }
    site.warmUp();
    return {
      process,
      arm: inside ? { point } : await this.#arm(process, point),
    };
  }

  async #arm(
    process: BackendProcess,
    point: Occurring<KillPoint>,
  ): Promise<Arm> {
    const { trap } = this.site;
    const kill = () => process.kill();
    if (isInside(point)) {
      await process.arm(point);
      return { point };
    }
    if (point.at === 'exchange' || point.at === 'request') {
      trap.set(point, kill);
      return { point, disarm: () => trap.set(undefined) };
    }
    const timer = setTimeout(kill, this.plan.lateness * TIME_MS);
    return { point, disarm: () => clearTimeout(timer) };
  }

  /** Whether the process dies before everything is done. */
  async #dies(
    process: BackendProcess,
    { point, disarm }: Arm,
    work: Promise<void>,
  ): Promise<boolean> {
    const done = work.then(() => this.site.atRest(process));
    const died = await Promise.race([
      process.exited.then(() => true),
      done.then(
        () => false,
        error => {
          if (process.isGone) {
            return true;
          }
          throw error;
        },
      ),
    ]);
    disarm?.();
    // It may yet die while it is told not to.
    const over = died || !(await process.disarm());
    (over ? this.killed : this.missed).push(describePoint(point));
    return over;
  }

  /** Waits until the dead is really gone, looks at what it left, and has its last exchange land late if it was to. */
  async #bury(
    process: BackendProcess,
    options: { alone: boolean },
  ): Promise<void> {
    const { site } = this;
    const { trap, ledger } = site;
    await site.gone(process);
    const state = await readLedger(ledger.ledger);
    this.#problems.push(
      ...checkHistories(ledger.ledger, state),
      ...(await site.checkOnce(state.leases)),
    );
    const outside = await this.#quiet();
    const calls = outside.calls.filter(({ id }) => !this.#buried.has(id));
    if (options.alone) {
      this.#problems.push(...checkDead(state, { ...outside, calls }));
    }
    for (const { id, outcome } of calls) {
      if (outcome !== undefined) {
        this.#buried.add(id);
      }
    }
    const late = trap.takeLate();
    if (late) {
      this.#landings.push(this.#land(late, state));
    }
  }

  /** The outside once it has heard that the dead is dead: all that is out now is over. Others may be at work meanwhile. */
  async #quiet(): Promise<OutsideState> {
    const { world } = this.site;
    const out = async () =>
      (await world.calls())
        .filter(({ outcome }) => outcome === undefined)
        .map(({ id }) => id);
    const now = new Set(await out());
    await waitFor(
      { what: 'the outside to hear of a death', withinMs: 10_000 },
      async () => (await out()).every(id => !now.has(id)),
    );
    return await this.site.look();
  }

  async #land(late: () => Promise<void>, state: LedgerState): Promise<void> {
    const until = state.entitlements.flatMap(
      // Another process may know already that the outcome is not known.
      ({ call, fenceUntil }) => call?.landsUntil ?? fenceUntil ?? [],
    );
    const latest = Math.min(...until) - LANDING_MARGIN_MS;
    const wait = (latest - state.now) * this.plan.lateness;
    if (!until.length || wait < 0) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, wait);
    });
    const { ledger } = this.site.ledger;
    if ((await ledger.clock.now(ledger.knex)) <= latest) {
      await late();
    }
  }

  async #checkAtRest(): Promise<void> {
    const { ledger } = this.site;
    const state = await readLedger(ledger.ledger);
    const outside = await this.#quiet();
    const late = this.#landings.length > 0;
    this.#problems.push(
      ...checkHistories(ledger.ledger, state),
      ...checkAtRest(state, outside, {
        touched: this.#batch.touched,
        late,
        standing: this.site.standing,
      }),
      ...(await checkRequests(ledger.ledger, state, this.#batch)),
      ...(await this.site.checkAtRest(state.leases, { late })),
    );
    if (this.#problems.length) {
      throw new Error([...new Set(this.#problems)].join('\n'));
    }
  }
}
