import { Knex } from 'knex';
import { isPostgres } from './dialect';
import type { Claim } from './operations/engine/Claim';

/** That a column is one of some values, however many these are. */
export function oneOf(
  knex: Knex,
  column: string,
  values: readonly string[],
): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('?? = any(?)', [column, [...values]])
    : knex.raw(`?? in (${values.map(() => '?').join(', ')})`, [
        column,
        ...values,
      ]);
}

/** That an entitlement is held under one of these claims, however many they are. */
export function heldUnder(knex: Knex, claims: readonly Claim[]): Knex.Raw {
  const ids = claims.map(claim => claim.entitlementId);
  const tokens = claims.map(claim => claim.token);
  return isPostgres(knex)
    ? knex.raw(
        'id = any(?) and (id, claim_token) in (select * from unnest(?::text[], ?::text[]))',
        [ids, ids, tokens],
      )
    : knex.raw(
        '(id, claim_token) in (select value ->> 0, value ->> 1 from json_each(?))',
        [JSON.stringify(ids.map((id, index) => [id, tokens[index]]))],
      );
}
