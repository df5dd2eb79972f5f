import { advance, lookAfterRemoval } from '../leases/advance';
import { beginMint } from '../leases/beginMint';
import { askForApproval } from '../leases/extension';
import { Instant, PendingCall } from '../leases/records';
import { askForEnd, askForExtension, askForRetry } from '../leases/wishes';
import { withSighting } from '../leases/idle';
import { askForProtection } from '../leases/protection';
import { chooseCourse } from '../reconcile/chooseCourse';
import { compare, confirmed } from '../reconcile/compare';
import { allApproved, closed } from '../requests/extension/outcomes';

/**
 * What the model explores: the engine's own decisions, and the few guards that stand in the ledger's statements. A test breaks one of them
 * on purpose to see the model find it.
 */
export interface Rules {
  advance: typeof advance;
  lookAfterRemoval: typeof lookAfterRemoval;
  beginMint: typeof beginMint;
  /** The guard of every write of a worker. */
  mayWrite(claimIsMine: boolean): boolean;
  askForEnd: typeof askForEnd;
  askForExtension: typeof askForExtension;
  askForRetry: typeof askForRetry;
  askForProtection: typeof askForProtection;
  withSighting: typeof withSighting;
  askForApproval: typeof askForApproval;
  allApproved: typeof allApproved;
  closed: typeof closed;
  compare: typeof compare;
  confirmed: typeof confirmed;
  chooseCourse: typeof chooseCourse;
  /** Until when a call that was sent at some time may land, whatever its intent says. */
  landsUntil(call: PendingCall, sentAt: Instant): Instant;
}

/** The rules as the engine has them. */
export const RULES: Rules = {
  advance,
  lookAfterRemoval,
  beginMint,
  mayWrite: claimIsMine => claimIsMine,
  askForEnd,
  askForExtension,
  askForRetry,
  askForProtection,
  withSighting,
  askForApproval,
  allApproved,
  closed,
  compare,
  confirmed,
  chooseCourse,
  landsUntil: call => call.landsUntil,
};
