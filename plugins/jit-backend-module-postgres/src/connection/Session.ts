import { QueryResultRow } from 'pg';

/** One login of the admin, for one call: never shared, never kept. */
export interface Session {
  readonly database: string;
  /** Sends one statement, or several without parameters. Throws the driver's own error. */
  query<TRow extends QueryResultRow = QueryResultRow>(
    sql: string,
    values?: unknown[],
  ): Promise<TRow[]>;
  /** Milliseconds until the deadline of the call; not above zero when it has passed or was aborted. */
  remaining(): number;
  /** Whether the server can no longer be heard. */
  broken(): boolean;
  /** Ends it in good order. */
  close(): Promise<void>;
  /** Cuts it, so that nothing that was not yet sent is sent any more. */
  destroy(): void;
}
