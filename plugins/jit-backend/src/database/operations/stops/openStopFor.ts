import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { stopColumns, StopRecord } from './StopRecord';

/** @returns an open stop that refuses such a lease, the oldest of them; undefined when none does */
export async function openStopFor(
  { knex }: Ledger,
  lease: {
    subject: string;
    profileId: string;
    connection: string;
    entityRef?: string;
  },
): Promise<StopRecord | undefined> {
  const query = knex(TABLES.stops).whereNull('lifted_at');
  for (const [column, value] of [
    ['subject', lease.subject],
    ['profile_id', lease.profileId],
    ['connection', lease.connection],
    ['entity_ref', lease.entityRef],
  ] as const) {
    query.where(builder => {
      builder.whereNull(column);
      if (value !== undefined) {
        builder.orWhere(column, value);
      }
    });
  }
  const row = await query.orderBy(['created_at', 'id']).first();
  return row && fromRow(stopColumns, row);
}
