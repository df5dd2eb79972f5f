import { InputError, NotFoundError } from '@backstage/errors';
import { ConnectionHealth, JitStats } from '@backstage-jit/plugin-jit-common';
import { Ledger } from '../database/Ledger';
import { exportEvents } from '../database/operations/events/exportEvents';
import { exportRows, TrailRow } from '../database/operations/events/exportRows';
import { listConnectionHealth } from '../database/operations/figures/listConnectionHealth';
import { readStats } from '../database/operations/figures/readStats';
import { listLiveIds } from '../database/operations/leases/listLiveIds';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { allowHeld } from '../database/operations/reconcile/reports';
import { liftStop } from '../database/operations/stops/liftStop';
import { listStops } from '../database/operations/stops/listStops';
import { openStop } from '../database/operations/stops/openStop';
import { StopRecord } from '../database/operations/stops/StopRecord';
import { JitEngine } from '../engine/JitEngine';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { isId } from '../leases/leaseId';
import { CallOptions } from '../leases/LeaseService';
import { Instant } from '../leases/records';
import { isUnfinished } from '../leases/states';
import { StuckRules } from '../leases/stuck';
import { askForEnd } from '../leases/wishes';
import { OperationsService, StopCommand } from './OperationsService';

/** How many leases are ended in one transaction: their locks must not be held for long. */
const BATCH = 100;

/** Does what operators ask. Who is one is decided round it, by `AuthorizedOperationsService`. */
export class DefaultOperationsService implements OperationsService {
  readonly #ledger: Ledger;
  readonly #engine: JitEngine;
  readonly #connections: string[];
  readonly #stuck: StuckRules;

  constructor(options: {
    ledger: Ledger;
    engine: JitEngine;
    /** The names of those in config. */
    connections: string[];
    stuck: StuckRules;
  }) {
    this.#ledger = options.ledger;
    this.#engine = options.engine;
    this.#connections = options.connections;
    this.#stuck = options.stuck;
  }

  async stop(
    command: StopCommand,
    options: CallOptions,
  ): Promise<{ ended: number; stop?: StopRecord }> {
    const { scope, why, refuseNew, endLeases } = command;
    if (Object.values(scope).every(value => value === undefined)) {
      throw new InputError(
        'One of subject, profileId, connection and entityRef is required',
      );
    }
    if (!refuseNew && !endLeases) {
      throw new InputError(
        'endLeases and refuseNew are both false: nothing would be stopped',
      );
    }
    // New ones are refused first, so that none slips in while the others are ended.
    const stop = refuseNew
      ? await openStop(this.#ledger, {
          scope,
          why,
          actor: options.caller.actor,
        })
      : undefined;
    const ended = endLeases ? await this.#endAll(command, options) : 0;
    return { ended, stop };
  }

  async listStops(_options: CallOptions): Promise<StopRecord[]> {
    return await listStops(this.#ledger);
  }

  async liftStop(id: string, options: CallOptions): Promise<StopRecord> {
    const { actor } = options.caller;
    const stop = isId(id) && (await liftStop(this.#ledger, { id, actor }));
    if (!stop) {
      throw new NotFoundError(`There is no stop ${id}`);
    }
    return stop;
  }

  async listConnections(_options: CallOptions): Promise<ConnectionHealth[]> {
    return await listConnectionHealth(this.#ledger, {
      configured: this.#connections,
      rules: this.#stuck,
    });
  }

  async allowReconcile(
    connection: string,
    _options: CallOptions,
  ): Promise<void> {
    if (!(await allowHeld(this.#ledger, connection))) {
      throw new NotFoundError(
        `Nothing is held back on a connection ${connection}`,
      );
    }
  }

  async readStats(_options: CallOptions): Promise<JitStats> {
    return await readStats(this.#ledger, { rules: this.#stuck });
  }

  async exportEvents(
    query: { from?: Instant; to?: Instant },
    _options: CallOptions,
  ): Promise<AsyncIterable<LeaseEventRecord[]>> {
    return exportEvents(this.#ledger, query);
  }

  async exportRows(
    query: { from?: Instant; to?: Instant },
    _options: CallOptions,
  ): Promise<AsyncIterable<TrailRow[]>> {
    return exportRows(this.#ledger, query);
  }

  async #endAll(command: StopCommand, options: CallOptions): Promise<number> {
    let ended = 0;
    let after: string | undefined;
    do {
      const leaseIds = await listLiveIds(this.#ledger, {
        scope: command.scope,
        after,
        limit: BATCH,
      });
      if (leaseIds.length) {
        ended += await this.#endBatch(leaseIds, command, options);
      }
      after = leaseIds[BATCH - 1];
    } while (after !== undefined);
    return ended;
  }

  /** @returns how many were not ending before */
  async #endBatch(
    leaseIds: string[],
    { why }: StopCommand,
    { caller }: CallOptions,
  ): Promise<number> {
    const { actor, via } = caller;
    const asked = new Set<string>();
    await writeWishes(this.#ledger, {
      leaseIds,
      decide: (lease, now) => {
        const wish = isUnfinished(lease.state)
          ? askForEnd(lease, { actor, via, now, reason: 'stopped', why })
          : undefined;
        if (wish) {
          asked.add(lease.id);
        }
        return wish;
      },
    });
    this.#engine.wake();
    return asked.size;
  }
}
