import { useApi } from '@backstage/core-plugin-api';
import { JitApi } from '@backstage-jit/plugin-jit-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { jitApiRef } from '../api';
import { answerInTime, leaseChanges } from '../live';
import { clockOf } from '../time';
import { statusOf } from '../words';
import { IdempotencyKeys } from './IdempotencyKeys';

export interface Action<TArgs> {
  /** True when it was done. Does nothing while the one before is under way. */
  run(args: TArgs): Promise<boolean>;
  busy: boolean;
  error?: Error;
  /** Forgets the error. */
  reset(): void;
}

/** Something that a click does: once, with its failure kept for the reader. */
export function useAction<TArgs>(
  act: (
    api: JitApi,
    args: TArgs,
    options: { idempotencyKey: string; signal: AbortSignal },
  ) => Promise<{ now: string }>,
): Action<TArgs> {
  const api = useApi(jitApiRef);
  const keys = useRef(new IdempotencyKeys());
  const underWay = useRef(false);
  const latest = useRef(act);
  latest.current = act;
  const mounted = useRef(true);
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({
    busy: false,
  });
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (args: TArgs) => {
      if (underWay.current) {
        return false;
      }
      underWay.current = true;
      setState({ busy: true });
      let error: Error | undefined;
      try {
        const idempotencyKey = keys.current.keyFor(args);
        const { now } = await answerInTime(signal =>
          latest.current(api, args, { idempotencyKey, signal }),
        );
        clockOf(api).learn(now);
        keys.current.answered();
      } catch (thrown) {
        error = thrown as Error;
        // Behind the others it may have been done all the same, or be under way.
        const status = statusOf(thrown) ?? 500;
        if (status < 500 && status !== 409) {
          keys.current.answered();
        }
      }
      underWay.current = false;
      if (mounted.current) {
        setState({ busy: false, error });
      }
      // A refusal too: it says that what is shown here was not how it is.
      leaseChanges.announce();
      return !error;
    },
    [api],
  );
  const reset = useCallback(() => setState({ busy: false }), []);
  return { ...state, run, reset };
}
