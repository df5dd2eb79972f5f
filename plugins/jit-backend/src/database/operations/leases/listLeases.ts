import { LeaseKind, LeaseState } from '@backstage-jit/plugin-jit-common';
import { Knex } from 'knex';
import { Instant, LeaseRecord } from '../../../leases/records';
import { StuckRules } from '../../../leases/stuck';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { PageOptions, pageOf, RecordPage, toPage } from '../../page';
import { isInState, isOpenRow } from '../../phases';
import { leaseColumns, TABLES } from '../../tables';
import { partiesOfExtensions } from '../requests/partiesOfExtensions';
import { LeaseCriteria, whereMatches } from './whereMatches';
import { whereStuck } from './whereStuck';
import { whereUnreviewed } from './whereUnreviewed';

/** What must hold of a lease to be in the list. Refs are normalised. */
export interface LeaseFilter {
  states?: LeaseState[];
  kind?: LeaseKind;
  entityRef?: string;
  requester?: string;
  subject?: string;
  profileId?: string;
  connection?: string;
  requestId?: string;
  /** Only those that went in without approval and that nobody has reviewed. */
  reviewDue?: boolean;
  /** Only those that were not over before this. */
  from?: Instant;
  /** Only those that were asked for before this. */
  to?: Instant;
  stuck?: { stuck: boolean; rules: StuckRules };
}

/** Whose leases somebody sees: their own, those of these profiles on these targets, and those that they have to do with the decision about. */
export interface LeaseVisibility {
  person: string;
  owned: Array<{ entityRefs: string[]; profileIds: string[] }>;
  /** The person and their groups, as steps name them. */
  deciders: string[];
}

/** A page of leases, the newest first. */
export async function listLeases(
  ledger: Ledger,
  options: {
    filter: LeaseFilter;
    /** Everything when not given. */
    visibleTo?: LeaseVisibility;
    /** Of these, those that a permission policy lets through; all when not given. */
    criteria?: LeaseCriteria;
    page: PageOptions;
  },
): Promise<RecordPage<LeaseRecord>> {
  const { knex } = ledger;
  const { filter, visibleTo, criteria, page } = options;
  const matching = () => {
    const query = filtered(ledger, knex(TABLES.leases), filter);
    return criteria ? whereMatches(knex, query, criteria) : query;
  };

  let query = matching();
  if (visibleTo) {
    // One small page from each index, put together: a condition with `or` would read the whole history of everybody.
    const branches = visibleBranches(knex, visibleTo).map(branch =>
      knex.select('id').from(pageOf(branch(matching()), page).as('branch')),
    );
    query = knex(TABLES.leases).whereIn('id', knex.union(branches));
  }
  const rows: Row[] = await pageOf(query, page);
  return toPage(
    rows.map(row => fromRow(leaseColumns, row)),
    page.limit,
  );
}

type Narrow = (query: Knex.QueryBuilder) => Knex.QueryBuilder;

function visibleBranches(
  knex: Knex,
  { person, owned, deciders }: LeaseVisibility,
): Narrow[] {
  return [
    query => query.where('subject', person),
    query => query.where('requester', person),
    ...owned.map(
      ({ entityRefs, profileIds }): Narrow =>
        query =>
          query
            .whereIn('entity_ref', entityRefs)
            .whereIn('profile_id', profileIds),
    ),
    ...(deciders.length
      ? [
          (query: Knex.QueryBuilder) =>
            query.whereIn(
              'request_id',
              knex(TABLES.parties)
                .select('request_id')
                .whereIn('ref', deciders),
            ),
          (query: Knex.QueryBuilder) =>
            query.whereIn(
              'id',
              partiesOfExtensions(knex)
                .select('lease_id')
                .whereIn('ref', deciders),
            ),
        ]
      : []),
  ];
}

function filtered(
  ledger: Ledger,
  query: Knex.QueryBuilder,
  filter: LeaseFilter,
): Knex.QueryBuilder {
  if (filter.states) {
    query.where(isInState(ledger.knex, filter.states));
  }
  for (const [column, value] of [
    ['kind', filter.kind],
    ['entity_ref', filter.entityRef],
    ['requester', filter.requester],
    ['subject', filter.subject],
    ['profile_id', filter.profileId],
    ['connection', filter.connection],
    ['request_id', filter.requestId],
  ] as const) {
    if (value !== undefined) {
      query.where(column, value);
    }
  }
  if (filter.reviewDue) {
    whereUnreviewed(query);
  }
  if (filter.from !== undefined) {
    const { from } = filter;
    query.where(reached =>
      reached
        // These very words, and not that it is no final state: so that both halves have an index.
        .where(isOpenRow(ledger.knex))
        .orWhere('over_at', '>=', from),
    );
  }
  if (filter.to !== undefined) {
    query.where('requested_at', '<', filter.to);
  }
  return filter.stuck ? whereStuck(ledger, query, filter.stuck) : query;
}
