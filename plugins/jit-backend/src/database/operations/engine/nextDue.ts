import { Instant } from '../../../leases/records';
import { prepared } from '../../prepared';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * How many milliseconds from now the next entitlement is due, zero or less when one is due already: what fell due while the last claims were
 * made is not missed. Undefined when nothing is planned.
 */
export async function nextDueIn(ledger: Ledger): Promise<number | undefined> {
  const { knex, clock } = ledger;
  const free = `(claim_until is null or claim_until <= ?)`;
  const earliest = (column: string) =>
    knex.raw(
      `(select min(e.${column}) from ?? e where e.connection = c.name and e.${column} is not null and ${free})`,
      [TABLES.entitlements, clock.sql(knex)],
    );
  const rows = await prepared<{
    now: Instant;
    pausedUntil: Instant;
    nextAt: Instant | null;
    turnAt: Instant | null;
  }>(
    knex,
    knex({ c: TABLES.connections }).select({
      now: clock.sql(knex),
      pausedUntil: 'c.paused_until',
      nextAt: earliest('next_at'),
      turnAt: earliest('turn_at'),
    }),
  );

  let result: number | undefined;
  for (const row of rows) {
    const now = Number(row.now);
    for (const at of [
      row.nextAt === null
        ? undefined
        : Math.max(Number(row.nextAt), Number(row.pausedUntil)),
      row.turnAt === null ? undefined : Number(row.turnAt),
    ]) {
      if (at !== undefined) {
        result = Math.min(result ?? Infinity, at - now);
      }
    }
  }
  return result;
}
