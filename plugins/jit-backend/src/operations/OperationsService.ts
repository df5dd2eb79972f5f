import { ConnectionHealth, JitStats } from '@backstage-jit/plugin-jit-common';
import { TrailRow } from '../database/operations/events/exportRows';
import { StopRecord, StopScope } from '../database/operations/stops/StopRecord';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { CallOptions } from '../leases/LeaseService';
import { Instant } from '../leases/records';

/** What operators stop. At least one of the scope's four is given. */
export interface StopCommand {
  scope: StopScope;
  why: string;
  endLeases: boolean;
  refuseNew: boolean;
}

/**
 * What operators do with the whole of it.
 */
export interface OperationsService {
  /** Safe to repeat: a scope is stopped once, and what is ending is not ended again. */
  stop(
    command: StopCommand,
    options: CallOptions,
  ): Promise<{ ended: number; stop?: StopRecord }>;

  /** Those that are open, the newest first. */
  listStops(options: CallOptions): Promise<StopRecord[]>;

  /** @throws NotFoundError */
  liftStop(id: string, options: CallOptions): Promise<StopRecord>;

  listConnections(options: CallOptions): Promise<ConnectionHealth[]>;

  /**
   * Lets the next pass of reconcile over a connection do what the last one held back.
   *
   * @throws NotFoundError when nothing is held back there
   */
  allowReconcile(connection: string, options: CallOptions): Promise<void>;

  readStats(options: CallOptions): Promise<JitStats>;

  /** The trail in order of time, in pages. Rights are checked before the first page is asked for. */
  exportEvents(
    query: { from?: Instant; to?: Instant },
    options: CallOptions,
  ): Promise<AsyncIterable<LeaseEventRecord[]>>;

  /** The same, with what each event's lease is about. */
  exportRows(
    query: { from?: Instant; to?: Instant },
    options: CallOptions,
  ): Promise<AsyncIterable<TrailRow[]>>;
}
