import { Lease } from '@backstage-jit/plugin-jit-common';
import { useEffect, useState } from 'react';
import { Action, useAction } from '../../hooks';

export interface LeaseActionSet {
  /** Gives back, withdraws or ends, whichever fits the state. */
  end: Action<{ why?: string }>;
  /** Whether its end was asked for here; once the engine has begun, the state itself says it. */
  endAsked: boolean;
  /** The reason is for who decides about it, where that is needed. */
  extend: Action<{ byMs: number; reason?: string }>;
  /** Takes back the request for a later end. */
  unask: Action<{}>;
  retry: Action<{}>;
  protect: Action<{ until: string | null; why?: string }>;
  /** Asks for a new lease of what its last copy holds. */
  restore: Action<{ reason?: string }>;
  /** The failure of the last thing that was tried. */
  error?: Error;
  reset(): void;
}

/** Everything that can be done with one lease. */
export function useLeaseActions(lease: Lease): LeaseActionSet {
  const { id, requestId, state } = lease;
  const [endAsked, setEndAsked] = useState(false);
  useEffect(() => setEndAsked(false), [state]);
  const ending = useAction<{ why?: string }>((api, { why }, options) =>
    state === 'requested'
      ? api.withdrawRequest(requestId, options)
      : api.endLease(id, { ...(why && { why }) }, options),
  );
  const end = {
    ...ending,
    run: async (args: { why?: string }) => {
      const done = await ending.run(args);
      if (done) {
        setEndAsked(true);
      }
      return done;
    },
  };
  const extend = useAction<{ byMs: number; reason?: string }>(
    (api, { byMs, reason }, options) =>
      api.extendLease(
        id,
        { duration: { milliseconds: byMs }, ...(reason && { reason }) },
        options,
      ),
  );
  const { extensionAsked } = lease;
  const unask = useAction<{}>((api, _, options) =>
    api.withdrawRequest(extensionAsked?.requestId ?? '', options),
  );
  const retry = useAction<{}>((api, _, options) => api.retryLease(id, options));
  const protect = useAction<{ until: string | null; why?: string }>(
    (api, order, options) => api.protectLease(id, order, options),
  );
  const { profileId, entityRef, durationMs } = lease;
  const restore = useAction<{ reason?: string }>((api, { reason }, options) =>
    api.createRequest(
      {
        leases: [
          {
            profileId,
            ...(entityRef && { entityRef }),
            duration: { milliseconds: durationMs },
            restores: id,
          },
        ],
        ...(reason && { reason }),
      },
      options,
    ),
  );
  const all = [end, extend, unask, retry, protect, restore];
  return {
    end,
    endAsked,
    extend,
    unask,
    retry,
    protect,
    restore,
    error: all.find(({ error }) => error)?.error,
    reset: () => all.forEach(action => action.reset()),
  };
}
