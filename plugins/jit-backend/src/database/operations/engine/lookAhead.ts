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
  const { knex, clock } = ledger;
  const next = earliest('next_at');
  const turn = earliest('turn_at');
  const rows = await prepared<{
    name: string;
    now: Instant;
    pausedUntil: Instant;
    nextAt: Instant | null;
    turnAt: Instant | null;
  }>(
    knex,
    knex.raw(
      // Of a connection that is not paused nothing else is asked: what needs no call is never due earlier than the next thing.
      `select c.name, t.now, c.paused_until as "pausedUntil", ${next} as "nextAt",
         case when c.paused_until > t.now then ${turn} end as "turnAt"
       from ?? as c cross join (select ? as now) as t`,
      [
        ...[TABLES.entitlements, TABLES.entitlements],
        ...[TABLES.connections, clock.sql(knex)],
      ],
    ),
  );

  const due: string[] = [];
  let nextIn: number | undefined;
  for (const row of rows) {
    const now = Number(row.now);
    const dueAt = Math.min(
      row.nextAt === null
        ? Infinity
        : Math.max(Number(row.nextAt), Number(row.pausedUntil)),
      row.turnAt === null ? Infinity : Number(row.turnAt),
    );
    if (dueAt <= now) {
      due.push(row.name);
    }
    if (dueAt < Infinity) {
      nextIn = Math.min(nextIn ?? Infinity, dueAt - now);
    }
  }
  return { due, nextIn };
}

/** By the index, not of all: a planner that takes many to be due would read all that there are. */
function earliest(column: 'next_at' | 'turn_at'): string {
  return `(select e.${column} from ?? as e
    where e.connection = c.name and e.${column} is not null and (e.claim_until is null or e.claim_until <= t.now)
    order by e.${column} limit 1)`;
}
