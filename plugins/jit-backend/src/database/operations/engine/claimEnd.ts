import { Knex } from 'knex';
import { Ledger } from '../../Ledger';

/** When a claim taken or renewed now ends. */
export function claimEnd({ knex, clock }: Ledger, lifeMs: number): Knex.Raw {
  return knex.raw('? + ?', [clock.sql(knex), lifeMs]);
}
