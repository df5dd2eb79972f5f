import { useApi } from '@backstage/core-plugin-api';
import { useSyncExternalStore } from 'react';
import { jitApiRef } from '../api';
import { clockOf, ticker } from '../time';

/**
 * The ledger's time in epoch milliseconds, rounded down to steps: the component renders again once a step.
 */
export function useNow(stepMs: number = 1_000): number {
  const clock = clockOf(useApi(jitApiRef));
  const now = () => Math.floor(clock.now() / stepMs) * stepMs;
  return useSyncExternalStore(ticker.subscribe, now);
}
