import { Knex } from 'knex';
import { Instant } from '../leases/records';
import { isPostgres } from './dialect';

/**
 * The only clock that decides what is due: the database's, in epoch milliseconds. The clocks of replicas may be minutes apart.
 */
export interface DatabaseClock {
  now(knex: Knex): Promise<Instant>;
  /** The same as an SQL expression, for statements that compare with it. */
  sql(knex: Knex): Knex.Raw;
}

/** The real one. */
export class SystemDatabaseClock implements DatabaseClock {
  async now(knex: Knex): Promise<Instant> {
    const [row] = await knex.select({ now: this.sql(knex) });
    return Number(row.now);
  }

  sql(knex: Knex): Knex.Raw {
    // clock_timestamp() and not now(): a transaction may wait for a lock, and what was due at its begin is not what is due after it.
    return isPostgres(knex)
      ? knex.raw('(extract(epoch from clock_timestamp()) * 1000)::bigint')
      : knex.raw(`cast(unixepoch('subsec') * 1000 as integer)`);
  }
}
