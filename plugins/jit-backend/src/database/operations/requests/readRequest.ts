import { RequestRecord } from '../../../requests/RequestRecord';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { requestColumns, TABLES } from '../../tables';

/** @returns undefined when there is no such request */
export async function readRequest(
  { knex }: Ledger,
  options: { id: string },
): Promise<RequestRecord | undefined> {
  const row = await knex(TABLES.requests).where('id', options.id).first();
  return row && fromRow(requestColumns, row);
}
