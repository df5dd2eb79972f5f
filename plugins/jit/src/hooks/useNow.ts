import { useApi } from '@backstage/core-plugin-api';
import { useSyncExternalStore } from 'react';
import { jitApiRef } from '../api';
import { clockOf, ticker } from '../time';

/**
 * The ledger's time in epoch milliseconds, rounded up to steps so that no more time is promised than there is: the component renders again
 * once a step.
 */
export function useNow(stepMs: number = 1_000): number {
  const clock = clockOf(useApi(jitApiRef));
  const now = () => Math.ceil(clock.now() / stepMs) * stepMs;
  return useSyncExternalStore(ticker.subscribe, now);
}
