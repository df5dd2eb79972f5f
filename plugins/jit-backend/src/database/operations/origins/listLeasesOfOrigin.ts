import { OriginRef } from '@backstage-jit/plugin-jit-common';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';

/** @returns the ids of the unfinished leases that wait to hear what became of what they were made for */
export async function listLeasesOfOrigin(
  { knex }: Ledger,
  { type, id }: OriginRef,
): Promise<string[]> {
  const rows: Array<{ id: string }> = await knex(TABLES.leases)
    .select('id')
    .where({ origin_type: type, origin_id: id })
    .whereNull('origin_settled_at')
    .where(isUnfinishedRow(knex));
  return rows.map(row => row.id);
}
