import { Instant, LeaseRecord } from '../leases/records';
import { Broken } from './Broken';
import { DURATIONS, UNIT } from './Configuration';
import { Later, ModelState } from './ModelState';
import type { StateCheck } from './stateInvariants';

/** The longest that a lease may last, whoever approves it. */
const LONGEST =
  (DURATIONS.lease[0] + DURATIONS.extension + DURATIONS.byApproval) * UNIT;

/** One request for a later end of a lease waits at a time. */
export function askedOnce({ later }: ModelState): Broken | undefined {
  return later && broken('askedOnce', 'a later end is asked for twice');
}

/** What people approve moves an end that has not come, to a later one, no later than they were asked for, and no further than the rules let them. */
export function movesLater(
  was: LeaseRecord,
  is: LeaseRecord | undefined,
  { from, byMs, now }: Later & { now: Instant },
): Broken | undefined {
  const before = was.expiresAt ?? 0;
  const after = is?.expiresAt ?? 0;
  if (was.state !== 'active' || was.endWish || before <= now) {
    return broken('movesLater', `the end of ${was.id} was moved after all`);
  }
  if (after <= before) {
    return broken('movesLater', `the approved end of ${was.id} is no later`);
  }
  return after > from + byMs || after > was.grantedAt! + LONGEST
    ? broken('movesLater', `${was.id} lasts longer than was approved`)
    : undefined;
}

/** An active lease says that a later end waits for people exactly while a request does. */
export const waitsForPeople: StateCheck = ({ leases: [lease], later }) =>
  typeof lease !== 'string' &&
  lease.state === 'active' &&
  (lease.extensionAsked === undefined) !== (later === undefined)
    ? 'the lease and the request disagree on whether people decide'
    : undefined;

function broken(invariant: string, detail: string): Broken {
  return { invariant, detail };
}
