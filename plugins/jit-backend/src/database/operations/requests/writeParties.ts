import { Party, partiesOf } from '../../../requests/approval/partiesOf';
import { RequestRecord } from '../../../requests/RequestRecord';
import { atOnce, Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Columns } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

const partyColumns: Columns<Party & { requestId: string }> = {
  requestId: ['request_id', 'text'],
  role: ['role', 'text'],
  ref: ['ref', 'text'],
};

/** Writes anew who has to do with the decision about a request. Must run in the transaction that writes the request. */
export async function writeParties(
  ledger: Ledger,
  request: RequestRecord,
): Promise<void> {
  const { knex } = ledger;
  await knex(TABLES.parties).where('request_id', request.id).delete();
  await atOnce(knex, partyInserts(ledger, request));
}

/** What writes them for a request that is new. */
export function partyInserts(
  { knex }: Ledger,
  request: RequestRecord,
): Statement[] {
  return bulkInsert(knex, {
    table: TABLES.parties,
    columns: partyColumns,
    records: partiesOf(request).map(party => ({
      requestId: request.id,
      ...party,
    })),
  });
}
