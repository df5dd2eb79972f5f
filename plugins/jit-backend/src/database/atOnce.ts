import { Knex } from 'knex';
import { isPostgres } from './dialect';

/** A statement that was built and not sent yet. */
export type Statement = Knex.QueryBuilder | Knex.Raw;

/**
 * Runs statements that touch different rows: as one on PostgreSQL, where each costs a round trip; one after the other on SQLite, where none
 * does. None of them sees what another writes.
 */
export async function atOnce(tx: Knex, statements: Statement[]): Promise<void> {
  if (!isPostgres(tx)) {
    for (const statement of statements) {
      await statement;
    }
  } else if (statements.length) {
    const all = tx.select(tx.raw('1'));
    statements.forEach((statement, n) => all.with(`s${n}`, statement));
    await all;
  }
}
