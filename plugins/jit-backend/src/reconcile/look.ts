import { CallWindow } from '../engine/ProviderCaller';
import { PendingCall } from '../leases/records';

/** How long a list or a look of reconcile may take. */
export const LOOK_TIMEOUT_MS = 120_000;

/** A look that the ledger holds no intent of: it changes nothing. */
export const LOOK_CALL: Omit<PendingCall, 'leaseId'> = {
  operation: 'inspect',
  startedAt: 0,
  landsUntil: 0,
};

/** When such a look may be made: now. */
export function lookWindow(): CallWindow {
  return {
    signal: AbortSignal.timeout(LOOK_TIMEOUT_MS),
    since: performance.now(),
  };
}
