import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Whether one of the users and groups has to do with the decision about one of the requests. */
export async function isParty(
  { knex }: Ledger,
  options: { requestIds: string[]; refs: string[] },
): Promise<boolean> {
  const row = await knex(TABLES.parties)
    .whereIn('request_id', options.requestIds)
    .whereIn('ref', options.refs)
    .first();
  return row !== undefined;
}
