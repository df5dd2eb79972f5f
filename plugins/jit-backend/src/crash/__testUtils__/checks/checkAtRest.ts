import { LeaseRecord } from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { STANDING_THINGS } from '../crew';
import { LedgerState } from '../readLedger';
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
  },
): string[] {
  return [
    ...checkOutside(outside),
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

function checkOutside({ things, sessions, requests, calls }: OutsideState) {
  const problems: string[] = [];
  const standing = [...STANDING_THINGS].sort(byKey);
  if (JSON.stringify([...things].sort(byKey)) !== JSON.stringify(standing)) {
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
    if (call.overlapped.length) {
      const others = call.overlapped.map(
        id => calls.find(other => other.id === id)?.operation,
      );
      problems.push(
        `${call.operation} of lease ${call.leaseId} was out together with ${others}`,
      );
    }
  }
  return problems;
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
