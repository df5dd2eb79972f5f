import { Knex } from 'knex';
import { isPostgres } from './dialect';
import { prepared, Statement } from './prepared';

export type { Statement };

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
    const parts = statements.map(statement => statement.toSQL());
    await prepared(
      tx,
      tx.raw(
        `with ${parts
          .map(({ sql }, n) => `s${n} as (${sql})`)
          .join(', ')} select 1`,
        parts.flatMap(({ bindings }) => bindings as Knex.RawBinding[]),
      ),
    );
  }
}
