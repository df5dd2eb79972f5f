import { AuditorService } from '@backstage/backend-plugin-api';
import {
  ConnectionHealth,
  jitOperatePermission,
  JitStats,
} from '@backstage-jit/plugin-jit-common';
import { StopRecord } from '../database/operations/stops/StopRecord';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { CallOptions } from '../leases/LeaseService';
import { Instant } from '../leases/records';
import { OperationsService, StopCommand } from './OperationsService';

/** Lets operators through, and tells the auditor of what changes things for everybody: a stop is no lease and has no history of its own. */
export class AuthorizedOperationsService implements OperationsService {
  readonly #operations: OperationsService;
  readonly #auditor: AuditorService;

  constructor(options: {
    operations: OperationsService;
    auditor: AuditorService;
  }) {
    this.#operations = options.operations;
    this.#auditor = options.auditor;
  }

  async stop(
    command: StopCommand,
    options: CallOptions,
  ): Promise<{ ended: number; stop?: StopRecord }> {
    await demandOperator(options);
    const { scope, why, endLeases, refuseNew } = command;
    return await this.#audited(
      'stop',
      options,
      { ...scope, why, endLeases, refuseNew },
      () => this.#operations.stop(command, options),
    );
  }

  async listStops(options: CallOptions): Promise<StopRecord[]> {
    await demandOperator(options);
    return await this.#operations.listStops(options);
  }

  async liftStop(id: string, options: CallOptions): Promise<StopRecord> {
    await demandOperator(options);
    return await this.#audited('stop-lift', options, { stopId: id }, () =>
      this.#operations.liftStop(id, options),
    );
  }

  async listConnections(options: CallOptions): Promise<ConnectionHealth[]> {
    await demandOperator(options);
    return await this.#operations.listConnections(options);
  }

  async allowReconcile(
    connection: string,
    options: CallOptions,
  ): Promise<void> {
    await demandOperator(options);
    await this.#audited('reconcile-allow', options, { connection }, () =>
      this.#operations.allowReconcile(connection, options),
    );
  }

  async readStats(options: CallOptions): Promise<JitStats> {
    await demandOperator(options);
    return await this.#operations.readStats(options);
  }

  async exportEvents(
    query: { from?: Instant; to?: Instant },
    options: CallOptions,
  ): Promise<AsyncIterable<LeaseEventRecord[]>> {
    await demandOperator(options);
    return await this.#audited('trail-export', options, { ...query }, () =>
      this.#operations.exportEvents(query, options),
    );
  }

  async #audited<T>(
    eventId: string,
    { caller }: CallOptions,
    meta: Record<string, string | number | boolean | undefined>,
    act: () => Promise<T>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'high',
      meta: { ...meta, actor: caller.actor, via: caller.via },
    });
    try {
      const result = await act();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({
        error: new Error(`${eventId} did not succeed`),
      });
      throw error;
    }
  }
}

async function demandOperator({ caller }: CallOptions): Promise<void> {
  await caller.demand(jitOperatePermission);
  await caller.demandOperator();
}
