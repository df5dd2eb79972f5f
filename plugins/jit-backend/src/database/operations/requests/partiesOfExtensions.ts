import { Knex } from 'knex';
import { TABLES } from '../../tables';

/** Who has to do with the decision about a later end of leases, while it waits: each party with the `lease_id` of each lease. */
export function partiesOfExtensions(knex: Knex): Knex.QueryBuilder {
  const { extendedLeases, requests, parties } = TABLES;
  return knex(extendedLeases)
    .join(requests, `${requests}.id`, `${extendedLeases}.request_id`)
    .join(parties, `${parties}.request_id`, `${extendedLeases}.request_id`)
    .where(`${requests}.state`, 'pending');
}
