import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { jitLeaseReadPermission } from '@backstage-jit/plugin-jit-common';
import { jitLeaseConditions } from '@backstage-jit/plugin-jit-node';
import fc from 'fast-check';
import { ALLOW, framework, LeaseCriteria } from '../__testUtils__/framework';
import { LEASE_RULES } from '../__testUtils__/leaseRules';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { listLeases } from '../database/operations/leases/listLeases';
import { listRequests } from '../database/operations/requests/listRequests';
import { writeTargets } from '../database/operations/targets/writeTargets';
import { TABLES } from '../database/tables';
import { LeaseRecord } from '../leases/records';
import { Caller } from './Caller';
import { LeaseConditions } from './LeaseConditions';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const PAGE = { limit: 1_000 };

const REFS = ['user:default/ada', 'user:default/bob', 'group:default/owners'];
const OTHER_DB = 'resource:default/greedy-db';

const aRef = fc.constantFrom(...REFS);
const refs = fc.uniqueArray(aRef, { maxLength: 2 });
const claims = refs.map(some => ({ claims: some }));

const aLease = fc.record({
  requester: aRef,
  subject: aRef,
  profileId: fc.constantFrom('read', 'free'),
  kind: fc.constantFrom('access' as const, 'infrastructure' as const),
  entityRef: fc.constantFrom(ORDERS_DB, OTHER_DB, undefined),
});

/** A request with its leases, who is named to decide it, whether that waits, and perhaps which of all leases it is to extend. */
const aRequest = fc.record({
  leases: fc.array(aLease, { maxLength: 3 }),
  named: refs,
  waits: fc.boolean(),
  extendsLeases: fc.array(fc.nat(), { maxLength: 3 }),
});

const aCondition = fc.oneof(
  claims.map(jitLeaseConditions.isRequester),
  claims.map(jitLeaseConditions.isSubject),
  claims.map(jitLeaseConditions.isTargetOwner),
  claims.map(jitLeaseConditions.isApprover),
  fc
    .subarray(['read', 'free'])
    .map(profileIds => jitLeaseConditions.hasProfile({ profileIds })),
  fc
    .subarray(['access', 'infrastructure'] as const)
    .map(kinds => jitLeaseConditions.hasKind({ kinds: [...kinds] })),
);

const someCriteria = fc.letrec<{ criteria: LeaseCriteria }>(tie => {
  const several = fc.array(tie('criteria'), { minLength: 1, maxLength: 3 }).map(
    // The types want to see that there is one.
    all => all as [LeaseCriteria, ...LeaseCriteria[]],
  );
  return {
    criteria: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      aCondition,
      several.map(allOf => ({ allOf })),
      several.map(anyOf => ({ anyOf })),
      tie('criteria').map(not => ({ not })),
    ),
  };
}).criteria;

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

describe.each(databases.eachSupportedId())('conditions on %s', databaseId => {
  it('let through in a list just what they let through one by one', async () => {
    const knex = await databases.init(databaseId as TestDatabaseId);
    const bench = await RestBench.create(knex);
    const { ledger } = bench;
    const conditions = new LeaseConditions({ ledger, rules: LEASE_RULES });
    let kept = 0;
    let left = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.array(aRequest, { minLength: 1, maxLength: 4 }),
        refs,
        fc.array(someCriteria, { minLength: 1, maxLength: 8 }),
        async (requests, owners, policies) => {
          for (const table of [
            'leases',
            'requests',
            'parties',
            'extendedLeases',
          ] as const) {
            await knex(TABLES[table]).delete();
          }
          await writeTargets(ledger, [
            { profileId: 'read', entityRef: ORDERS_DB, owners },
            { profileId: 'free', entityRef: ORDERS_DB, owners: [] },
            { profileId: 'read', entityRef: OTHER_DB, owners: [REFS[0]] },
          ]);
          const leases: LeaseRecord[] = [];
          const leasesOf = new Map<string, string[]>();
          for (const { leases: parts, named, ...asked } of requests) {
            const extended = leases.length
              ? asked.extendsLeases.map(n => leases[n % leases.length].id)
              : [];
            const requestId = await bench.putRequest({
              state: asked.waits ? 'pending' : 'approved',
              extendsLeaseId: extended[0],
            });
            for (const id of new Set(extended)) {
              await knex(TABLES.extendedLeases).insert({
                request_id: requestId,
                lease_id: id,
              });
            }
            for (const ref of named) {
              await knex(TABLES.parties).insert([
                { request_id: requestId, role: 'named', ref },
              ]);
            }
            // Who has only decided is no approver.
            await knex(TABLES.parties).insert([
              { request_id: requestId, role: 'decided', ref: REFS[0] },
            ]);
            const own: LeaseRecord[] = [];
            for (const part of parts) {
              own.push(await bench.put({ ...part, requestId }));
            }
            leases.push(...own);
            leasesOf.set(requestId, [...own.map(({ id }) => id), ...extended]);
          }

          for (const policy of policies) {
            const caller = callerWith(policy);
            const criteria = await conditions.criteriaOf(
              caller,
              jitLeaseReadPermission,
            );
            const holds = (ids: string[]) =>
              conditions.hold(caller, jitLeaseReadPermission, ids);
            const expected: string[] = [];
            for (const { id } of leases) {
              if (await holds([id])) {
                expected.push(id);
              }
            }
            const listed = await listLeases(ledger, {
              filter: {},
              criteria,
              page: PAGE,
            });
            expect(idsOf(listed.items)).toEqual(expected.sort());
            kept += expected.length;
            left += leases.length - expected.length;

            const whole: string[] = [];
            for (const [requestId, ids] of leasesOf) {
              if (await holds(ids)) {
                whole.push(requestId);
              }
            }
            const requested = await listRequests(ledger, {
              filter: {},
              criteria,
              page: PAGE,
            });
            expect(idsOf(requested.items)).toEqual(whole.sort());
          }
        },
      ),
      { numRuns: 25 },
    );
    // Neither of the two is what all conditions come to.
    expect(kept).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);
  });
});

it('refuses a lease that is not there, and a rule that is not known', async () => {
  const knex = await databases.init(
    databases.eachSupportedId()[0][0] as TestDatabaseId,
  );
  const { ledger } = await RestBench.create(knex);
  const conditions = new LeaseConditions({ ledger, rules: LEASE_RULES });
  const caller = callerWith({
    not: jitLeaseConditions.isSubject({ claims: [] }),
  });
  expect(
    await conditions.hold(caller, jitLeaseReadPermission, ['no-such-lease']),
  ).toBe(false);
  const odd = callerWith({ rule: 'IS_NICE', resourceType: 'jit-lease' });
  await expect(
    conditions.criteriaOf(odd, jitLeaseReadPermission),
  ).rejects.toThrow('IS_NICE');
});

function idsOf(records: Array<{ id: string }>): string[] {
  return records.map(({ id }) => id).sort();
}

function callerWith(criteria: LeaseCriteria): Caller {
  return new Caller({
    credentials: mockCredentials.user('user:default/ada'),
    actor: 'user:default/ada',
    user: 'user:default/ada',
    directory: {} as never,
    operators: [],
    permissions: framework(ALLOW, criteria),
  });
}
