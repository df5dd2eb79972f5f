import { Lease } from '@backstage-jit/plugin-jit-common';
import { Action, useAction } from '../../hooks';

export interface LeaseActionSet {
  /** Gives back, withdraws or ends, whichever fits the state. */
  end: Action<{ why?: string }>;
  extend: Action<{ byMs: number }>;
  retry: Action<{}>;
  /** The failure of the last thing that was tried. */
  error?: Error;
  reset(): void;
}

/** Everything that can be done with one lease. */
export function useLeaseActions(lease: Lease): LeaseActionSet {
  const { id, requestId, state } = lease;
  const end = useAction<{ why?: string }>((api, { why }, options) =>
    state === 'requested'
      ? api.withdrawRequest(requestId, options)
      : api.endLease(id, { ...(why && { why }) }, options),
  );
  const extend = useAction<{ byMs: number }>((api, { byMs }, options) =>
    api.extendLease(id, { duration: { milliseconds: byMs } }, options),
  );
  const retry = useAction<{}>((api, _, options) => api.retryLease(id, options));
  const all = [end, extend, retry];
  return {
    end,
    extend,
    retry,
    error: all.find(({ error }) => error)?.error,
    reset: () => all.forEach(action => action.reset()),
  };
}
