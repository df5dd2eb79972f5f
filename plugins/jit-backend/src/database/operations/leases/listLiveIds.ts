import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';
import { StopScope } from '../stops/StopRecord';

/** @returns ids of leases in a scope that have not ended and are not asked to, in order, after `after` */
export async function listLiveIds(
  { knex }: Ledger,
  options: { scope: StopScope; after?: string; limit: number },
): Promise<string[]> {
  const { scope, after, limit } = options;
  const query = knex(TABLES.leases)
    .select('id')
    .where(isUnfinishedRow(knex))
    .whereNot('state', 'revoking')
    .whereNull('end_wish')
    .orderBy('id')
    .limit(limit);
  for (const [column, value] of [
    ['subject', scope.subject],
    ['profile_id', scope.profileId],
    ['connection', scope.connection],
    ['entity_ref', scope.entityRef],
  ] as const) {
    if (value !== undefined) {
      query.where(column, value);
    }
  }
  if (after !== undefined) {
    query.where('id', '>', after);
  }
  const rows: Array<{ id: string }> = await query;
  return rows.map(row => row.id);
}
