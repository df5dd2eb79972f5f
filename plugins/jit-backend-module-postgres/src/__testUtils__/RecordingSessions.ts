import { openSession, SessionFactory } from '../connection/openSession';
import { Session } from '../connection/Session';

export interface SentStatement {
  database: string;
  sql: string;
  values: unknown[];
}

/** Real sessions, of which all that is sent is kept, and which can be made to die. */
export class RecordingSessions {
  readonly statements: SentStatement[] = [];
  readonly #open = new Set<Session>();
  #crashAfter = Number.POSITIVE_INFINITY;
  #sent = 0;
  #crashed = false;

  /**
   * Has a call be cut off when so many statements of it took effect: all its sessions end, and nothing is sent any more.
   *
   * @returns false when it was done before
   */
  async diesAfter(
    statements: number,
    call: () => Promise<unknown>,
  ): Promise<boolean> {
    this.#crashAfter = statements;
    this.#sent = 0;
    this.#crashed = false;
    await call().catch(() => {});
    this.#crashAfter = Number.POSITIVE_INFINITY;
    return this.#crashed;
  }

  readonly factory: SessionFactory = async options => {
    this.#assertAlive();
    const session = await openSession(options);
    this.#open.add(session);
    return {
      database: session.database,
      remaining: () => session.remaining(),
      broken: () => session.broken(),
      close: () => session.close(),
      destroy: () => session.destroy(),
      query: async (sql, values) => {
        this.#assertAlive();
        this.#sent += 1;
        this.statements.push({
          database: session.database,
          sql,
          values: values ?? [],
        });
        const rows = await session.query<any>(sql, values);
        this.#assertAlive();
        return rows;
      },
    };
  };

  #assertAlive(): void {
    if (this.#sent < this.#crashAfter) {
      return;
    }
    this.#crashed = true;
    for (const session of this.#open) {
      session.destroy();
    }
    this.#open.clear();
    throw new Error('The process died here');
  }
}
