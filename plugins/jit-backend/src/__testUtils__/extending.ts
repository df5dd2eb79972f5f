import { JsonObject } from '@backstage/types';
import { TABLES } from '../database/tables';
import { LeaseRecord } from '../leases/records';
import { ADA, glass, jitWith, write } from './approvalRules';
import { RestBench } from './RestBench';

export const MINUTE = 60_000;

/** An hour in all at once, and by people only half of one more. */
export const short = {
  ...write,
  id: 'short',
  title: 'Not for long',
  extension: { maximum: '1h', times: 2, byApproval: '30m' },
};

export const never = {
  ...write,
  id: 'never',
  title: 'As it is',
  extension: { maximum: '1h', times: 2, byApproval: false },
};

/** Profiles of which leases can be extended, and a bundle of two of them. */
export const extensibleWith = (profiles: JsonObject[]): JsonObject => ({
  ...jitWith(profiles),
  bundles: [{ id: 'fix', title: 'For a fix', parts: ['short', 'write'] }],
});

export const EXTENSIBLE = extensibleWith([write, short, never, glass]);

/** A lease of Ada's for 30 minutes more, and 10 at once after that. */
export async function active(
  bench: RestBench,
  given: Partial<LeaseRecord> = {},
): Promise<LeaseRecord> {
  const now = await bench.ledger.clock.now(bench.ledger.knex);
  return await bench.put({
    profileId: 'write',
    reason: 'OPS-1 fix',
    grantedAt: now,
    expiresAt: now + 30 * MINUTE,
    extensibleUntil: now + 40 * MINUTE,
    ...given,
  });
}

/** Asks for two hours more, unless given otherwise. */
export function extend(
  bench: RestBench,
  id: string,
  more: object = {},
  caller: string = ADA,
) {
  return bench.post(caller, `/leases/${id}/extend`, {
    duration: '2h',
    ...more,
  });
}

/** The same where people have to decide: what waits for them. */
export async function asked(
  bench: RestBench,
  id: string,
  more: object = {},
  caller?: string,
) {
  const answer = await extend(bench, id, more, caller);
  expect([
    answer.status,
    answer.body.request?.state ?? answer.body.error.message,
  ]).toEqual([200, 'pending']);
  return answer.body.request;
}

/** In epoch milliseconds. */
export async function endOf(bench: RestBench, id: string): Promise<number> {
  const { body } = await bench.get(ADA, `/leases/${id}`);
  return Date.parse(body.lease.expiresAt);
}

export async function historyOf(bench: RestBench, id: string) {
  return (await bench.get('operator', `/leases/${id}/events`)).body.items;
}

/** Of the notices, in their order. */
export async function titlesOf(bench: RestBench): Promise<string[]> {
  return (await bench.ledger.knex(TABLES.outbox)).map(
    ({ notice }) => JSON.parse(notice).title,
  );
}
