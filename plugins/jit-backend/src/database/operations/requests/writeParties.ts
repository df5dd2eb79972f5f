import { partiesOf } from '../../../requests/approval/partiesOf';
import { RequestRecord } from '../../../requests/RequestRecord';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Writes anew who has to do with the decision about a request. Must run in the transaction that writes the request. */
export async function writeParties(
  { knex }: Ledger,
  request: RequestRecord,
): Promise<void> {
  await knex(TABLES.parties).where('request_id', request.id).delete();
  const rows = partiesOf(request).map(party => ({
    request_id: request.id,
    ...party,
  }));
  if (rows.length) {
    await knex(TABLES.parties).insert(rows);
  }
}
