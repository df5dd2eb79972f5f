import { Knex } from 'knex';
import { Client } from 'pg';
import { Failpoint } from '../../../engine/Failpoint';
import {
  InsidePoint,
  Occurring,
  OutsidePoint,
  StatementPoint,
} from '../KillPoint';

/** Kills this process at the point that it is armed with: no handler runs, nothing is closed. */
export class ArmedKill {
  #point?: Occurring<InsidePoint>;
  #seen = 0;

  arm(point: Occurring<InsidePoint> | undefined): void {
    this.#point = point;
    this.#seen = 0;
  }

  readonly failpoint: Failpoint = async (name, { operation }) => {
    const point = this.#point;
    if (
      point?.at === 'engine' &&
      point.name === name &&
      (point.operation === undefined || point.operation === operation)
    ) {
      this.#reached(point);
    }
  };

  /** Counts the writes to the ledger and the commits of those; what the scheduler writes beside them does not count. */
  watch(knex: Knex): void {
    const writing = new Set<string>();
    const kindOf = (query: { sql: string; __knexTxId?: string }) => {
      const { sql, __knexTxId: transaction } = query;
      if (/^(with s0 as \()?(insert|update|delete)\b.*\bjit_/is.test(sql)) {
        if (transaction) {
          writing.add(transaction);
        }
        return 'write';
      }
      return /^commit\b/i.test(sql) && transaction && writing.has(transaction)
        ? 'commit'
        : undefined;
    };
    knex.on('query', query => {
      const kind = kindOf(query);
      this.#statement(kind, 'before', () => this.#kill());
      this.#statement(kind, 'sent', () => setImmediate(() => this.#kill()));
    });
    knex.on('query-response', (_response, query) => {
      this.#statement(kindOf(query), 'answered', () => this.#kill());
    });
  }

  /** Counts the statements of sessions of one user: as whom only a provider logs in. */
  watchOutside(user: string): void {
    const send: (...args: unknown[]) => unknown = Client.prototype.query;
    const reach = (moment: OutsidePoint['moment'], kill?: () => void) => {
      const point = this.#point;
      if (point?.at === 'outside' && point.moment === moment) {
        this.#reached(point, kill);
      }
    };
    const watched = async (client: Client, args: unknown[]) => {
      reach('before');
      const answer = send.apply(client, args);
      reach('sent', () => setImmediate(() => this.#kill()));
      const rows = await answer;
      reach('answered');
      return rows;
    };
    Object.assign(Client.prototype, {
      query(this: Client, ...args: unknown[]) {
        return this.user === user
          ? watched(this, args)
          : send.apply(this, args);
      },
    });
  }

  #statement(
    kind: StatementPoint['statement'] | undefined,
    moment: StatementPoint['moment'],
    kill: () => void,
  ): void {
    const point = this.#point;
    if (
      point?.at === 'statement' &&
      point.statement === kind &&
      point.moment === moment
    ) {
      this.#reached(point, kill);
    }
  }

  #reached(
    point: Occurring<InsidePoint>,
    kill: () => void = () => this.#kill(),
  ): void {
    this.#seen += 1;
    if (this.#seen === point.occurrence) {
      kill();
    }
  }

  #kill(): void {
    process.kill(process.pid, 'SIGKILL');
  }
}
