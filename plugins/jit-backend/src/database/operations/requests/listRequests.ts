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
  const matching = () =>
    filtered(knex(TABLES.requests) as Knex.QueryBuilder, filter);

  let query = matching();
  if (visibleTo !== undefined) {
    const branches = ['requester', 'subject'].map(column =>
      knex
        .select('id')
        .from(pageOf(matching().where(column, visibleTo), page).as('branch')),
    );
    query = knex(TABLES.requests).whereIn('id', knex.union(branches));
  }
  const rows: Row[] = await pageOf(query, page);
  return toPage(
    rows.map(row => fromRow(requestColumns, row)),
    page.limit,
  );
}

function filtered(
  query: Knex.QueryBuilder,
  filter: RequestFilter,
): Knex.QueryBuilder {
  if (filter.states) {
    query.whereIn('state', filter.states);
  }
  if (filter.requester !== undefined) {
    query.where('requester', filter.requester);
  }
  if (filter.subject !== undefined) {
    query.where('subject', filter.subject);
  }
  return query;
}
