import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresCall } from '../connection/PostgresCall';
import { transaction } from '../connection/transaction';
import { sessionName, withSession } from '../connection/withSession';

/** The server itself gives up then. */
const LONGEST_MS = 4 * 3_600_000;

/** What is kept of the time of the call to answer in. */
const RESERVE_MS = 3_000;

/** How a statement begins, as it is sent and as the server lists it. */
export type LongKind = 'CREATE DATABASE' | 'DROP DATABASE';

/**
 * Statements that no transaction can hold and that may take longer than a call: to copy a large database takes minutes.
 *
 * A call that does not live to see the end lets the statement go on, in its own session. The server lists it, so every later look sees that it is
 * under way, also from another process; a call that acts ends it first. What it did is all or nothing, and is looked for, never assumed.
 */
export class LongStatements {
  /** Why one ended after its call had gone, to be told by the next call. It may be lost with the process: the next try meets it again. */
  readonly #failures = new Map<string, unknown>();

  /**
   * Whether one about this lease is running on the server.
   *
   * @throws JitProviderError what came of one that was let go, once
   */
  async underWay(call: PostgresCall, kind: LongKind): Promise<boolean> {
    const key = `${kind} ${call.ctx.externalName}`;
    const failure = this.#failures.get(key);
    if (failure) {
      this.#failures.delete(key);
      throw failure;
    }
    const rows = await withSession(call, session =>
      transaction(session, { readOnly: true }, () =>
        session.query(
          `SELECT FROM pg_stat_activity
            WHERE usename = current_user AND application_name = $1
              AND state = 'active' AND starts_with(query, $2)`,
          [sessionName(call.ctx.externalName), kind],
        ),
      ),
    );
    return rows.length > 0;
  }

  /**
   * Runs one in a session of its own.
   *
   * @returns whether it is done; when not, it goes on
   */
  async run(
    call: PostgresCall,
    options: {
      kind: LongKind;
      sql: string;
      /** Says in our words what an error of the driver means. */
      explain: (error: unknown) => unknown;
    },
  ): Promise<boolean> {
    const { ctx } = call;
    const { kind, sql, explain } = options;
    ctx.signal.throwIfAborted();
    const cut = new AbortController();
    const onAbort = () => cut.abort(ctx.signal.reason);
    ctx.signal.addEventListener('abort', onAbort, { once: true });
    let letGo = false;
    const running = withSession(
      {
        ctx: {
          ...ctx,
          signal: cut.signal,
          deadline: performance.now() + LONGEST_MS,
        },
        openSession: call.openSession,
        purpose: 'join',
      },
      async session => {
        await session.query(`SET statement_timeout = ${LONGEST_MS}`);
        try {
          await session.query(sql);
        } catch (error) {
          throw explain(error);
        }
        return true;
      },
    );
    running.catch(error => {
      if (letGo) {
        this.#failures.set(`${kind} ${ctx.externalName}`, error);
      }
    });
    try {
      const patience = ctx.deadline - performance.now() - RESERVE_MS;
      const timer = new AbortController();
      const done = await Promise.race([
        running,
        sleep(Math.max(0, patience), false, { signal: timer.signal }),
      ]).finally(() => timer.abort());
      letGo = !done;
      return done;
    } finally {
      ctx.signal.removeEventListener('abort', onAbort);
    }
  }
}
