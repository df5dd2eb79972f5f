import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** Zero when there is none. */
export function durationToMs(duration: HumanDuration | undefined): number {
  return duration ? durationToMilliseconds(duration) : 0;
}
