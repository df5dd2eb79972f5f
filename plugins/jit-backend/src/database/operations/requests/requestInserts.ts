import { RequestRecord } from '../../../requests/RequestRecord';
import { Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Ledger } from '../../Ledger';
import { requestColumns, TABLES } from '../../tables';
import { partyInserts } from './writeParties';

/** What writes a new request, with who has to do with the decision about it. */
export function requestInserts(
  ledger: Ledger,
  request: RequestRecord,
): Statement[] {
  return [
    ...bulkInsert(ledger.knex, {
      table: TABLES.requests,
      columns: requestColumns,
      records: [request],
    }),
    ...partyInserts(ledger, request),
  ];
}
