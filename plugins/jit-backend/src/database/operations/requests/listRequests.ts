import { RequestState } from '@backstage-jit/plugin-jit-common';
import { Knex } from 'knex';
import { RequestRecord } from '../../../requests/RequestRecord';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { PageOptions, pageOf, RecordPage, toPage } from '../../page';
import { requestColumns, TABLES } from '../../tables';

/** What must hold of a request to be in the list. Refs are normalised. */
export interface RequestFilter {
  states?: RequestState[];
  requester?: string;
  subject?: string;
}

/** A page of requests, the newest first. */
export async function listRequests(
  { knex }: Ledger,
  options: {
    filter: RequestFilter;
    /** Whose requests: those they made, and those for them. Everybody's when not given. */
    visibleTo?: string;
    page: PageOptions;
  },
): Promise<RecordPage<RequestRecord>> {
  const { filter, visibleTo, page } = options;
  const query = knex(TABLES.requests) as Knex.QueryBuilder;
  if (filter.states) {
    query.whereIn('state', filter.states);
  }
  if (filter.requester !== undefined) {
    query.where('requester', filter.requester);
  }
  if (filter.subject !== undefined) {
    query.where('subject', filter.subject);
  }
  if (visibleTo !== undefined) {
    query.where(builder =>
      builder.where('requester', visibleTo).orWhere('subject', visibleTo),
    );
  }
  const rows: Row[] = await pageOf(query, page);
  return toPage(
    rows.map(row => fromRow(requestColumns, row)),
    page.limit,
  );
}
