/**
 * What became of the thing that leases were made for.
 *
 * - `running`: not over; looked at again.
 * - `completed`: it went well, and its leases stay.
 * - `failed`: it went wrong or was cancelled, and its leases end.
 * - `vanished`: the system was asked, and has no such thing; its leases end.
 *
 * @public
 */
export type OriginOutcome = 'running' | 'completed' | 'failed' | 'vanished';

/**
 * A kind of thing that leases can be made for, such as a task of the scaffolder. A lease that names one is provisional: when the thing fails, so
 * does the lease.
 *
 * @public
 */
export interface JitOrigin {
  /** As in `origin.type` of a request: `scaffolder-task`. */
  readonly type: string;
  /** The only service that may name it in a request, as its tokens do: `plugin:scaffolder`. */
  readonly service: string;
  /**
   * Looks at one of them. Only sure answers: whatever leaves room for doubt (a time-out, a 401, a 5xx) is thrown, and ends nothing.
   */
  look(id: string, options: { signal: AbortSignal }): Promise<OriginOutcome>;
}
