import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { stopColumns, StopRecord } from './StopRecord';

/** Allows again what a stop refused. One that is lifted already stays as it is. @returns undefined when there is no such stop */
export async function liftStop(
  { knex, clock }: Ledger,
  options: { id: string; actor: string },
): Promise<StopRecord | undefined> {
  await knex(TABLES.stops)
    .where('id', options.id)
    .whereNull('lifted_at')
    .update({ lifted_at: clock.sql(knex), lifted_by: options.actor });
  const row = await knex(TABLES.stops).where('id', options.id).first();
  return row && fromRow(stopColumns, row);
}
