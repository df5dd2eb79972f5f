import { useApi } from '@backstage/core-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { JitApi } from '@backstage-jit/plugin-jit-common';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { jitApiRef } from '../api';
import { leaseChanges, LivePoller, LiveState } from '../live';
import { clockOf } from '../time';

export const CALM_MS = 30_000;
export const BRISK_MS = 5_000;
/** So long what the reader has done may go on having effects. */
const STIRRED_MS = 30_000;

export interface Live<T> extends LiveState<T> {
  refresh: () => void;
}

interface UseLiveOptions<T> {
  /** Another key is another question: what was known is dropped. */
  key: string;
  load(api: JitApi, signal: AbortSignal): Promise<T>;
  /** How long until the next look, by what is known now; when not given, brisk for a while after the reader did something, else calm. */
  everyMs?(value: T, now: number): number;
  /** How long until the next look after one that failed; soon when not given. */
  afterFailureMs?: number;
}

/** Asks the backend and keeps the answer fresh: by signals where the portal has them, and by looking again. */
export function useLive<T extends { now: string }>(
  options: UseLiveOptions<T>,
): Live<T> {
  const api = useApi(jitApiRef);
  const { key } = options;
  const stirredAt = useRef(-Infinity);
  const poller = useMemo(
    () => {
      const clock = clockOf(api);
      return new LivePoller<T>({
        load: async signal => {
          const answer = await options.load(api, signal);
          clock.learn(answer.now);
          return answer;
        },
        everyMs: ({ value, error }) => {
          if (error) {
            return options.afterFailureMs ?? BRISK_MS;
          }
          if (value && options.everyMs) {
            return options.everyMs(value, clock.now());
          }
          const sinceMs = performance.now() - stirredAt.current;
          return sinceMs < STIRRED_MS ? BRISK_MS : CALM_MS;
        },
      });
    },
    // The key stands for everything that the options close over.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [api, key],
  );

  useEffect(() => poller.start(), [poller]);
  useEffect(
    () =>
      leaseChanges.subscribe(() => {
        stirredAt.current = performance.now();
        poller.refresh();
      }),
    [poller],
  );

  const { lastSignal } = useSignal('jit');
  // What people ask and decide is signalled by the notices of it, to all whom it concerns.
  const { lastSignal: lastNotice } = useSignal('notifications');
  useEffect(() => {
    if (lastSignal || lastNotice) {
      poller.refresh();
    }
  }, [poller, lastSignal, lastNotice]);

  const state = useSyncExternalStore(poller.subscribe, poller.getState);
  return { ...state, refresh: poller.refresh };
}
