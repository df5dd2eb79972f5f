import { Knex } from 'knex';
import { Instant } from '../../../leases/records';
import { prepared } from '../../prepared';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** What there is to do in the due-queue that nobody has claimed, as of one instant. */
export interface Outlook {
  /** The connections with something that is due and can be acted on, in an order that changes, so that none is always the first. */
  due: string[];
  /** In how many milliseconds the next thing is due; zero or less when one is. Undefined when nothing is planned. */
  nextIn?: number;
}

/** Looks at the due-queue, of all connections. Of one that is paused, only what needs no call can be acted on. */
export async function lookAhead(ledger: Ledger): Promise<Outlook> {
  const { knex } = ledger;
  const rows = await prepared<{
    name: string;
    now: Instant;
    pausedUntil: Instant;
    nextAt: Instant | null;
    turnAt: Instant | null;
  }>(
    knex,
    knex({ c: TABLES.connections }).select({
      name: 'c.name',
      now: instantOf(ledger),
      pausedUntil: 'c.paused_until',
      nextAt: earliest(ledger, 'next_at'),
      turnAt: earliest(ledger, 'turn_at'),
    }),
  );

  const due: string[] = [];
  let nextIn: number | undefined;
  for (const row of rows) {
    const now = Number(row.now);
    const next = Math.min(
      row.nextAt === null
        ? Infinity
        : Math.max(Number(row.nextAt), Number(row.pausedUntil)),
      row.turnAt === null ? Infinity : Number(row.turnAt),
    );
    if (next <= now) {
      due.push(row.name);
    }
    if (next < Infinity) {
      nextIn = Math.min(nextIn ?? Infinity, next - now);
    }
  }
  return { due, nextIn };
}

/** The time as one value for a whole statement: PostgreSQL asks a bare clock anew for each row, and so can look it up in no index. */
export function instantOf({ knex, clock }: Ledger): Knex.Raw {
  return knex.raw('(select ?)', [clock.sql(knex)]);
}

/** By the index, not of all: a planner that takes many to be due would read all that there are. */
function earliest(ledger: Ledger, column: 'next_at' | 'turn_at'): Knex.Raw {
  return ledger.knex.raw(
    `(select e.${column} from ?? as e
      where e.connection = c.name and e.${column} is not null and (e.claim_until is null or e.claim_until <= ?)
      order by e.${column} limit 1)`,
    [TABLES.entitlements, instantOf(ledger)],
  );
}
