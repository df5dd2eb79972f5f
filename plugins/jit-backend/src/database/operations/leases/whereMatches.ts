import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { JitLeaseMatch } from '@backstage-jit/plugin-jit-node';
import { Knex } from 'knex';
import { TABLES } from '../../tables';
import { partiesOfExtensions } from '../requests/partiesOfExtensions';

/** What a permission policy lets through of all leases. */
export type LeaseCriteria = PermissionCriteria<JitLeaseMatch>;

const COLUMNS = {
  requester: 'requester',
  subject: 'subject',
  profileId: 'profile_id',
  kind: 'kind',
} as const;

/**
 * Narrows a query of leases to those that meet the criteria. Nothing in it is ever unknown to the database, so that `not` lets through just
 * what the rules do not.
 */
export function whereMatches(
  knex: Knex,
  query: Knex.QueryBuilder,
  criteria: LeaseCriteria,
): Knex.QueryBuilder {
  return query.where(narrow(knex, criteria));
}

function narrow(
  knex: Knex,
  criteria: LeaseCriteria,
): (query: Knex.QueryBuilder) => void {
  return query => {
    if ('allOf' in criteria) {
      query.whereRaw('1 = 1');
      criteria.allOf.forEach(each => query.andWhere(narrow(knex, each)));
    } else if ('anyOf' in criteria) {
      query.whereRaw('1 = 0');
      criteria.anyOf.forEach(each => query.orWhere(narrow(knex, each)));
    } else if ('not' in criteria) {
      query.whereNot(narrow(knex, criteria.not));
    } else {
      narrowByMatch(knex, query, criteria);
    }
  };
}

function narrowByMatch(
  knex: Knex,
  query: Knex.QueryBuilder,
  { field, values }: JitLeaseMatch,
): void {
  const { leases, targetOwners, parties, extendedLeases } = TABLES;
  switch (field) {
    case 'targetOwners':
      query.whereExists(
        knex(targetOwners)
          .select(knex.raw('1'))
          .where(`${targetOwners}.profile_id`, knex.ref(`${leases}.profile_id`))
          .where(`${targetOwners}.entity_ref`, knex.ref(`${leases}.entity_ref`))
          .whereIn(`${targetOwners}.ref`, values),
      );
      return;
    case 'approvers': {
      // From the few steps that name them to the leases: looked up lease by lease, the whole history would be read.
      const named = (those: Knex.QueryBuilder, leaseId: string) =>
        those
          .select(leaseId)
          .where(`${parties}.role`, 'named')
          .whereIn(`${parties}.ref`, values);
      query.whereIn(
        `${leases}.id`,
        named(
          knex({ own: leases }).join(
            parties,
            `${parties}.request_id`,
            'own.request_id',
          ),
          'own.id',
        ).union(named(partiesOfExtensions(knex), `${extendedLeases}.lease_id`)),
      );
      return;
    }
    default:
      query.whereIn(`${leases}.${COLUMNS[field]}`, values);
  }
}
