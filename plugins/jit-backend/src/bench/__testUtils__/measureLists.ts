import { JitLeaseMatch } from '@backstage-jit/plugin-jit-node';
import {
  LeaseFilter,
  listLeases,
} from '../../database/operations/leases/listLeases';
import { LeaseCriteria } from '../../database/operations/leases/whereMatches';
import { Ledger } from '../../database/Ledger';
import { Position } from '../../database/page';
import { TABLES } from '../../database/tables';
import { spreadOf } from './figures';
import { timed } from './timed';

interface List {
  filter?: LeaseFilter;
  criteria?: LeaseCriteria;
  visibleTo?: string;
  after?: Position;
}

const PERSON = 'user:default/p7';
const TARGET = 'resource:default/t7';
const PROFILE = 'profile7';

/** Each single filter, what the portal asks for, each rule of a permission policy, and far back. */
function lists(deep: Position): Record<string, List> {
  return {
    all: {},
    deep: { after: deep },
    'states: live': { filter: { states: ['granting', 'active', 'revoking'] } },
    'states: revoked': { filter: { states: ['revoked'] } },
    kind: { filter: { kind: 'infrastructure' } },
    'kind: none of it': { filter: { kind: 'access' } },
    entityRef: { filter: { entityRef: TARGET } },
    requester: { filter: { requester: PERSON } },
    subject: { filter: { subject: PERSON } },
    'subject: nobody': { filter: { subject: 'user:default/nobody' } },
    profileId: { filter: { profileId: PROFILE } },
    connection: { filter: { connection: 'main' } },
    'connection: none of it': { filter: { connection: 'another' } },
    reviewDue: { filter: { reviewDue: true } },
    from: { filter: { from: deep.at } },
    to: { filter: { to: deep.at } },
    mine: { visibleTo: PERSON },
    'mine, live': { visibleTo: PERSON, filter: { states: ['active'] } },
    'mine, deep': { visibleTo: PERSON, after: deep },
    'rule: requester': { criteria: rule('requester', PERSON) },
    'rule: subject': { criteria: rule('subject', PERSON) },
    'rule: profileId': { criteria: rule('profileId', PROFILE) },
    'rule: kind': { criteria: rule('kind', 'access') },
    'rule: targetOwners': { criteria: rule('targetOwners', PERSON) },
    'rule: approvers': { criteria: rule('approvers', PERSON) },
  };
}

/** The p95 of each list. */
export async function measureLists(
  ledger: Ledger,
  times: number,
): Promise<Record<string, number>> {
  const byList: Record<string, number> = {};
  const deep = await middleOf(ledger);
  for (const [name, list] of Object.entries(lists(deep))) {
    const { filter = {}, criteria, visibleTo, after } = list;
    const taken = await timed(times, () =>
      listLeases(ledger, {
        filter,
        criteria,
        ...(visibleTo && {
          visibleTo: { person: visibleTo, owned: [], deciders: [visibleTo] },
        }),
        page: { limit: 50, after },
      }),
    );
    byList[name] = spreadOf(taken).p95;
  }
  return byList;
}

function rule(field: JitLeaseMatch['field'], value: string): LeaseCriteria {
  return { field, values: [value] };
}

/** Half-way back. */
async function middleOf({ knex }: Ledger): Promise<Position> {
  const [{ first, last }] = await knex(TABLES.leases)
    .min({ first: 'requested_at' })
    .max({ last: 'requested_at' });
  return {
    at: Math.round((Number(first) + Number(last)) / 2),
    id: '00000000-0000-0000-0000-000000000000',
  };
}
