import { Knex } from 'knex';
import { namesOf } from '../../database/columns';
import { Ledger } from '../../database/Ledger';
import { leaseColumns, TABLES } from '../../database/tables';

/** How many people, targets and profiles there are in the history. */
export const HISTORY = { people: 10_000, targets: 1_000, profiles: 50 };

const APART_MS = 1_000;

/** What differs from one lease to the next. Everything else is as in the lease that is given. */
const VARIED = {
  id: 'gen_random_uuid()::text',
  request_id: 'gen_random_uuid()::text',
  entitlement_id: 'gen_random_uuid()::text',
  subject: `'user:default/p' || n % ${HISTORY.people}`,
  requester: `'user:default/p' || n % ${HISTORY.people}`,
  entity_ref: `'resource:default/t' || n % ${HISTORY.targets}`,
  profile_id: `'profile' || n % ${HISTORY.profiles}`,
  requested_at: `requested_at - n::bigint * ${APART_MS}`,
  ended_at: `requested_at - n::bigint * ${APART_MS}`,
  verified_at: `requested_at - n::bigint * ${APART_MS}`,
  expires_at: `requested_at - n::bigint * ${APART_MS}`,
  state: `'revoked'`,
  end_reason: `'expired'`,
  next_action_at: 'null',
};

/** Puts many ended leases into the ledger, one a second into the past. On PostgreSQL; one live lease at the least is there already. */
export async function insertHistory(
  { knex }: Ledger,
  count: number,
): Promise<void> {
  const columns = namesOf(leaseColumns);
  const values = columns.map(
    column => VARIED[column as keyof typeof VARIED] ?? `"${column}"`,
  );
  await withoutIndexes(knex, TABLES.leases, () =>
    knex.raw(
      `insert into ?? (${columns.map(() => '??').join(', ')})
       select ${values.join(', ')}
       from (select * from ?? limit 1) as one, generate_series(1, ?::int) as n`,
      [TABLES.leases, ...columns, TABLES.leases, count],
    ),
  );
}

/** Makes the indexes of a table anew after so many rows have come: an index that is filled row by row takes many times as long. */
async function withoutIndexes(
  knex: Knex,
  table: string,
  work: () => PromiseLike<unknown>,
): Promise<void> {
  const { rows } = await knex.raw<{
    rows: Array<{ name: string; definition: string }>;
  }>(
    `select i.indexname as name, i.indexdef as definition from pg_indexes i
     where i.tablename = ? and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`,
    [table],
  );
  for (const { name } of rows) {
    await knex.raw('drop index ??', [name]);
  }
  await work();
  for (const { definition } of rows) {
    await knex.raw(definition);
  }
}
