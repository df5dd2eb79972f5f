import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Whether one of the users and groups has to do with the decision about a request. */
export async function isParty(
  { knex }: Ledger,
  options: { requestId: string; refs: string[] },
): Promise<boolean> {
  const row = await knex(TABLES.parties)
    .where('request_id', options.requestId)
    .whereIn('ref', options.refs)
    .first();
  return row !== undefined;
}
