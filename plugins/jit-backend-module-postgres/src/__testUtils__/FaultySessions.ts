import {
  ExchangeTap,
  HeldExchange,
  TransportFaults,
} from '@backstage-jit/plugin-jit-test-utils';
import { openSession, SessionFactory } from '../connection/openSession';
import { Session } from '../connection/Session';

/** Nobody listens there. */
const CLOSED_PORT = 1;

/**
 * Real sessions with the faults of the conformance kit between them and the provider; an exchange is a statement.
 *
 * A statement that is withheld keeps its session on the server, as a network that is cut does: the server does not hear that the provider
 * has given up, and takes the statement when it arrives.
 */
export class FaultySessions {
  outage = false;
  /** Lists of roles break off. */
  brokenList = false;
  readonly #open = new Set<Session>();
  readonly #held = new Set<Session>();
  readonly #tap = new ExchangeTap({ onCrash: () => this.#cutAll() });

  readonly transport: TransportFaults & HeldExchange = {
    sent: () => this.#tap.sent(),
    crashAfter: exchanges => this.#tap.crashAfter(exchanges),
    crashed: () => this.#tap.crashed(),
    hold: exchange => this.#tap.hold(exchange),
    whenHeld: () => this.#tap.whenHeld(),
    release: async () => {
      // On a session that was ended meanwhile it lands nowhere.
      await this.#tap.release().catch(() => {});
      this.#cutHeld();
    },
    restore: async () => {
      this.#cutHeld();
      await this.#tap.restore();
    },
  };

  readonly factory: SessionFactory = async options => {
    options.signal.throwIfAborted();
    if (this.#tap.crashed()) {
      throw new Error('The process died here');
    }
    const { connection, signal, deadline } = options;
    const real = await openSession({
      ...options,
      connection: this.outage
        ? { ...connection, port: CLOSED_PORT }
        : connection,
      // The server is not told that the call is given up: what is withheld may still arrive.
      signal: new AbortController().signal,
      deadline: performance.now() + 120_000,
    });
    this.#open.add(real);
    const destroy = () => {
      if (!this.#held.has(real)) {
        this.#open.delete(real);
        real.destroy();
      }
    };
    signal.addEventListener('abort', destroy, { once: true });
    return {
      database: real.database,
      remaining: () => (signal.aborted ? 0 : deadline - performance.now()),
      broken: () => signal.aborted || real.broken(),
      query: (sql, values) => this.#exchange(real, { sql, values, signal }),
      close: async () => {
        signal.removeEventListener('abort', destroy);
        this.#open.delete(real);
        await real.close();
      },
      destroy,
    };
  };

  #exchange(
    real: Session,
    options: { sql: string; values?: unknown[]; signal: AbortSignal },
  ): Promise<any[]> {
    const { sql, values, signal } = options;
    if (this.brokenList && sql.includes('d.description AS comment')) {
      real.destroy();
    }
    this.#held.add(real);
    let arrived = false;
    return this.#tap
      .run(
        async () => {
          arrived = true;
          this.#held.delete(real);
          return await real.query<any>(sql, values);
        },
        { signal, deliverLate: () => real.query<any>(sql, values) },
      )
      .finally(() => {
        if (arrived || !signal.aborted) {
          this.#held.delete(real);
        }
      });
  }

  #cutHeld(): void {
    for (const session of this.#held) {
      session.destroy();
      this.#open.delete(session);
    }
    this.#held.clear();
  }

  #cutAll(): void {
    for (const session of this.#open) {
      session.destroy();
    }
    this.#open.clear();
  }
}
