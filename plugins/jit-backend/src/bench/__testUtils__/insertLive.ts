import { namesOf, toRow } from '../../database/columns';
import { Ledger } from '../../database/Ledger';
import {
  entitlementColumns,
  leaseColumns,
  TABLES,
} from '../../database/tables';
import { inTransaction } from '../../database/transaction';
import { entitlementOf } from '../../leases/entitlementOf';
import { LeaseRecord } from '../../leases/records';

/**
 * Puts many live leases into the ledger at once, each on a thing of its own, as if they had been granted. On PostgreSQL.
 *
 * @param lease - what all of them are like
 * @returns the external names of their things
 */
export async function insertLive(
  ledger: Ledger,
  options: { count: number; lease: LeaseRecord; identity: string },
): Promise<string[]> {
  const { count, lease, identity } = options;
  const entitlement = {
    ...entitlementOf({ ...lease, leaseId: lease.id }),
    attempted: true,
    identity,
  };
  const dueAt = lease.expiresAt!;
  return await inTransaction(ledger, async ({ knex }) => {
    await knex.raw(
      `create temporary table bench_ids on commit drop as
       select id, 'jit_' || replace(id, '-', '') as name
       from (select gen_random_uuid()::text as id from generate_series(1, ?::int)) as ids`,
      [count],
    );
    // By name: what the database makes of the others cannot be inserted.
    const columns = namesOf(leaseColumns);
    await knex.raw(
      `insert into ?? (${columns.map(() => '??').join(', ')})
       select ${columns.map(() => 'row.??').join(', ')}
       from bench_ids, lateral jsonb_populate_record(null::??,
         ?::jsonb || jsonb_build_object('id', id, 'request_id', id, 'entitlement_id', id)) as row`,
      [
        TABLES.leases,
        ...columns,
        ...columns,
        TABLES.leases,
        JSON.stringify({
          ...toRow(leaseColumns, lease),
          next_action_at: dueAt,
        }),
      ],
    );
    await knex.raw(
      `insert into ?? select row.* from bench_ids, lateral jsonb_populate_record(null::??,
         ?::jsonb || jsonb_build_object('id', id, 'external_name', name)) as row`,
      [
        TABLES.entitlements,
        TABLES.entitlements,
        JSON.stringify({
          ...toRow(entitlementColumns, entitlement),
          next_at: dueAt,
          turn_at: dueAt,
        }),
      ],
    );
    const { rows } = await knex.raw('select name from bench_ids');
    return rows.map(({ name }: { name: string }) => name);
  });
}
