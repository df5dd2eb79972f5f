import { Knex } from 'knex';
import { SystemDatabaseClock } from '../database/DatabaseClock';

/**
 * The database's real clock, put forward by hand: a test passes half an hour by saying so. Goes on ticking in between.
 */
export class SteppedClock extends SystemDatabaseClock {
  private offset = 0;

  advance(milliseconds: number): void {
    this.offset += Math.ceil(milliseconds);
  }

  sql(knex: Knex): Knex.Raw {
    return knex.raw('(? + ?)', [super.sql(knex), this.offset]);
  }

  /** For a fake world beside the database. Roughly the same time. */
  worldNow(): number {
    return Date.now() + this.offset;
  }
}
