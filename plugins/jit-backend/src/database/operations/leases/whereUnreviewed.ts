import { Knex } from 'knex';

/** Keeps what went in without approval and nobody has reviewed, of a query on the leases. */
export function whereUnreviewed(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .whereNotNull('break_glass')
    .whereNull('reviewed_at')
    .whereNotIn('state', ['denied', 'withdrawn', 'lapsed']);
}
