import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { stopColumns, StopRecord } from './StopRecord';

/** @returns the stops that are open, the newest first */
export async function listStops({ knex }: Ledger): Promise<StopRecord[]> {
  const rows: Row[] = await knex(TABLES.stops)
    .whereNull('lifted_at')
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
  return rows.map(row => fromRow(stopColumns, row));
}
