import { toCode } from './codes';
import { UNIT } from './Configuration';
import { ModelState } from './ModelState';
import { Reader } from './Reader';

/** What a later end depends on: when the first lease was granted, how late it may last at once, and what waits for people. */
export function pushLater(
  { leases: [lease], later, budget, now }: ModelState,
  codes: number[],
): void {
  const grantedAt =
    typeof lease !== 'string' && lease.state === 'active'
      ? lease.grantedAt
      : undefined;
  codes.push(
    budget.asks,
    toCode(grantedAt, now),
    toCode(later?.from, now),
    (later?.byMs ?? 0) / UNIT,
  );
}

/** Reads what {@link pushLater} wrote. */
export function readLater(state: ModelState, reader: Reader): void {
  const [lease] = state.leases;
  state.budget.asks = reader.code();
  const grantedAt = reader.time();
  const from = reader.time();
  const byMs = reader.code() * UNIT;
  if (typeof lease !== 'string' && grantedAt !== undefined) {
    lease.grantedAt = grantedAt;
    lease.extensibleUntil = grantedAt + lease.maximumLifeMs;
  }
  if (from === undefined) {
    return;
  }
  state.later = { from, byMs };
  if (typeof lease !== 'string' && lease.extensionAsked) {
    lease.extensionAsked = { ...lease.extensionAsked, from, byMs };
  }
}
