import { LeaseRecord } from '../../../leases/records';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { isInState } from '../../phases';
import { leaseColumns, TABLES } from '../../tables';

/** The active leases, page by page in the order of their ids, so that memory stays flat whatever their number. */
export async function* listLive(
  { knex }: Ledger,
  options: { pageSize: number },
): AsyncIterable<LeaseRecord[]> {
  let after = '';
  for (;;) {
    const rows = await knex(TABLES.leases)
      .where(isInState(knex, ['active']))
      .where('id', '>', after)
      .orderBy('id')
      .limit(options.pageSize);
    if (!rows.length) {
      return;
    }
    const page = rows.map(row => fromRow(leaseColumns, row));
    yield page;
    after = page[page.length - 1].id;
  }
}
