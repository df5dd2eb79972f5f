import { FakeCall, FakeThing } from '@backstage-jit/plugin-jit-test-utils';
import { LeaseRecord } from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { CLAIM_LIFE_MS } from '../backendConfig';
import { LedgerState } from '../readLedger';
import { checkBundles } from './checkBundles';
import { checkPresence } from './checkPresence';
import { OutsideState } from './OutsideState';

/** What has to be true when nothing is left to do. */
export function checkAtRest(
  state: LedgerState,
  outside: OutsideState,
  options: {
    /** The leases that were asked to end before their time. */
    touched: Set<string>;
    /** A call that its sender did not live to hear about took effect late: then a thing may be made and removed once more. */
    late: boolean;
    /** What somebody holds for good. */
    standing: FakeThing[];
  },
): string[] {
  return [
    ...checkOutside(outside, options.standing),
    ...checkBundles(state.leases),
    ...state.entitlements.map(
      ({ id }) => `Entitlement ${id} is left, and no lease needs it`,
    ),
    ...state.leases.flatMap(lease => [
      ...checkEnd(lease, options.touched),
      ...checkOnce(state, lease),
    ]),
    ...checkPresence(state.leases, outside.effects, options),
  ];
}

function checkOutside(
  { things, sessions, requests, calls }: OutsideState,
  standing: FakeThing[],
) {
  const problems: string[] = [];
  const inOrder = (some: FakeThing[]) => JSON.stringify([...some].sort(byKey));
  if (inOrder(things) !== inOrder(standing)) {
    const keys = things.map(({ key }) => key).join(', ');
    problems.push(`Other things are outside than nobody's leases: ${keys}`);
  }
  for (const { id, key } of sessions) {
    problems.push(`Session ${id} on ${key} outlived its lease`);
  }
  for (const { id, action, key } of requests) {
    problems.push(`Request ${id} to ${action} ${key} is still in progress`);
  }
  for (const call of calls) {
    const others = call.overlapped
      .map(id => calls.find(other => other.id === id)!)
      .filter(other => !isGivenUp(other, call));
    if (others.length) {
      problems.push(
        `${call.operation} of lease ${
          call.leaseId
        } was out together with ${others.map(({ operation }) => operation)}`,
      );
    }
  }
  return problems;
}

/**
 * A process that stood still until its claim had run out gives its call up, and may be the next to claim the thing, before what it gave up has
 * unwound; soon after that it has, if the process lives.
 */
function isGivenUp(other: FakeCall, call: FakeCall): boolean {
  return (
    other.worker === call.worker &&
    call.startedAt - other.startedAt >= CLAIM_LIFE_MS &&
    (other.endedAt === undefined
      ? other.outcome === 'abandoned' && call.outcome === 'abandoned'
      : other.endedAt - call.startedAt < CLAIM_LIFE_MS)
  );
}

/** A crash costs nobody their lease, and nobody a moment of it. */
function checkEnd(lease: LeaseRecord, touched: Set<string>): string[] {
  const { id, state, endReason, endedAt, expiresAt, verifiedAt } = lease;
  if (isUnfinished(state)) {
    return [`Lease ${id} is still ${state}`];
  }
  const problems: string[] = [];
  if (touched.has(id)) {
    if (!['returned', 'expired'].includes(endReason!)) {
      problems.push(`Lease ${id} was given back, and ended ${endReason}`);
    }
  } else if (state !== 'revoked' || endReason !== 'expired') {
    problems.push(
      `Lease ${id} should have expired, and is ${state} (${endReason})`,
    );
  }
  if (endReason === 'expired' && !(endedAt! >= expiresAt!)) {
    problems.push(`Lease ${id} ended ${expiresAt! - endedAt!} ms early`);
  }
  if (!(verifiedAt! >= endedAt!)) {
    problems.push(`Lease ${id} was verified before it ended`);
  }
  return problems;
}

function checkOnce(state: LedgerState, { id }: LeaseRecord): string[] {
  const types = (state.events.get(id) ?? []).map(({ type }) => type);
  return ['lease.granting', 'lease.active', 'lease.revoked'].flatMap(type => {
    const times = types.filter(each => each === type).length;
    return times === 1 ? [] : [`Lease ${id}: ${type} came ${times} times`];
  });
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}
