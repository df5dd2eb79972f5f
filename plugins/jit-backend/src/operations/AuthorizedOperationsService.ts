import {
  ConnectionHealth,
  jitAuditReadPermission,
  jitOperatePermission,
  JitStats,
} from '@backstage-jit/plugin-jit-common';
import { TrailRow } from '../database/operations/events/exportRows';
import { StopRecord } from '../database/operations/stops/StopRecord';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { CallOptions } from '../leases/LeaseService';
import { Instant } from '../leases/records';
import { OperationsService, StopCommand } from './OperationsService';

/** Lets operators through; to the trail also an access token that names just that. Nobody else. */
export class AuthorizedOperationsService implements OperationsService {
  readonly #operations: OperationsService;

  constructor(options: { operations: OperationsService }) {
    this.#operations = options.operations;
  }

  async stop(
    command: StopCommand,
    options: CallOptions,
  ): Promise<{ ended: number; stop?: StopRecord }> {
    await demandOperator(options);
    return await this.#operations.stop(command, options);
  }

  async listStops(options: CallOptions): Promise<StopRecord[]> {
    await demandOperator(options);
    return await this.#operations.listStops(options);
  }

  async liftStop(id: string, options: CallOptions): Promise<StopRecord> {
    await demandOperator(options);
    return await this.#operations.liftStop(id, options);
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
    await this.#operations.allowReconcile(connection, options);
  }

  async readStats(options: CallOptions): Promise<JitStats> {
    await demandOperator(options);
    return await this.#operations.readStats(options);
  }

  async exportEvents(
    query: { from?: Instant; to?: Instant },
    options: CallOptions,
  ): Promise<AsyncIterable<LeaseEventRecord[]>> {
    await demandAuditor(options);
    return await this.#operations.exportEvents(query, options);
  }

  async exportRows(
    query: { from?: Instant; to?: Instant },
    options: CallOptions,
  ): Promise<AsyncIterable<TrailRow[]>> {
    await demandAuditor(options);
    return await this.#operations.exportRows(query, options);
  }
}

async function demandOperator({ caller }: CallOptions): Promise<void> {
  await caller.demand(jitOperatePermission);
  await caller.demandOperator();
}

async function demandAuditor({ caller }: CallOptions): Promise<void> {
  await caller.demand(jitAuditReadPermission);
  if (!caller.isGranted(jitAuditReadPermission)) {
    await caller.demandOperator();
  }
}
