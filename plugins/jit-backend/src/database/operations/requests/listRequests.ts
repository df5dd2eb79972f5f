import { RequestState } from '@backstage-jit/plugin-jit-common';
import { Knex } from 'knex';
import { RequestRecord } from '../../../requests/RequestRecord';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { PageOptions, pageOf, RecordPage, toPage } from '../../page';
import { requestColumns, TABLES } from '../../tables';
import { LeaseCriteria, whereMatches } from '../leases/whereMatches';

/** What must hold of a request to be in the list. Refs are normalised. */
export interface RequestFilter {
  states?: RequestState[];
  requester?: string;
  subject?: string;
  /** Those that a person can decide about now. */
  waitingFor?: Decider;
}

/** Somebody who may be named to decide. */
export interface Decider {
  person: string;
  /** Normalised, as are those of the person. */
  groups: string[];
}

/** A page of requests, the newest first. */
export async function listRequests(
  { knex }: Ledger,
  options: {
    filter: RequestFilter;
    /** Whose requests: those they made, those for them, and those that they are named to decide. Everybody's when not given. */
    visibleTo?: Decider;
    /** Of these, those of whose leases a permission policy lets each through; all when not given. */
    criteria?: LeaseCriteria;
    page: PageOptions;
  },
): Promise<RecordPage<RequestRecord>> {
  const { filter, visibleTo, criteria, page } = options;
  const matching = () => {
    const query = filtered(knex, filter);
    return criteria ? withoutOthers(knex, query, criteria) : query;
  };

  let query = matching();
  if (visibleTo !== undefined) {
    const branches = [
      matching().where('requester', visibleTo.person),
      matching().where('subject', visibleTo.person),
      matching().whereIn('id', decidedBy(knex, visibleTo)),
    ].map(branch => knex.select('id').from(pageOf(branch, page).as('branch')));
    query = knex(TABLES.requests).whereIn('id', knex.union(branches));
  }
  const rows: Row[] = await pageOf(query, page);
  return toPage(
    rows.map(row => fromRow(requestColumns, row)),
    page.limit,
  );
}

/** Leaves out requests with, or about, a lease that does not meet the criteria. */
function withoutOthers(
  knex: Knex,
  query: Knex.QueryBuilder,
  criteria: LeaseCriteria,
): Knex.QueryBuilder {
  const { leases, requests, extendedLeases } = TABLES;
  const id = knex.ref(`${requests}.id`);
  const others = (among: Knex.QueryBuilder) =>
    whereMatches(knex, among.select(knex.raw('1')), { not: criteria });
  return (
    query
      .whereNotExists(others(knex(leases).where(`${leases}.request_id`, id)))
      .whereNotExists(
        others(
          knex(leases)
            .join(extendedLeases, `${extendedLeases}.lease_id`, `${leases}.id`)
            .where(`${extendedLeases}.request_id`, id),
        ),
      )
      // All that is known of what a replica of the release before this one writes.
      .whereNotExists(
        others(
          knex(leases).where(
            `${leases}.id`,
            knex.ref(`${requests}.extends_lease_id`),
          ),
        ),
      )
  );
}

/** The requests that somebody is named to decide. */
function decidedBy(knex: Knex, { person, groups }: Decider): Knex.QueryBuilder {
  return knex(TABLES.parties)
    .select('request_id')
    .whereIn('ref', [person, ...groups]);
}

function partyOf(knex: Knex, refs: string[], role: string): Knex.QueryBuilder {
  return knex(TABLES.parties)
    .select('request_id')
    .whereIn('ref', refs)
    .where({ role });
}

function filtered(knex: Knex, filter: RequestFilter): Knex.QueryBuilder {
  const query: Knex.QueryBuilder = knex(TABLES.requests);
  if (filter.states) {
    query.whereIn('state', filter.states);
  }
  if (filter.requester !== undefined) {
    query.where('requester', filter.requester);
  }
  if (filter.subject !== undefined) {
    query.where('subject', filter.subject);
  }
  if (filter.waitingFor) {
    const decider = filter.waitingFor;
    const { person } = decider;
    query.where('state', 'pending').andWhere(which =>
      which.whereIn('id', partyOf(knex, [person], 'consent')).orWhere(others =>
        others
          .whereNot('requester', person)
          .whereNot('subject', person)
          .whereIn('id', decidedBy(knex, decider).where('role', 'open'))
          .whereNotIn('id', partyOf(knex, [person], 'decided')),
      ),
    );
  }
  return query;
}
