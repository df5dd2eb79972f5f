import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** `30m`, `PT30M` or `{ minutes: 30 }`. */
export type DurationInput = string | HumanDuration;

/** A step holds one of the scaffolder's slots for so long, and no longer. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * How long a step waits.
 *
 * @throws InputError naming the field
 */
export function readWait(wait: DurationInput | undefined): number {
  if (wait === undefined) {
    return LONGEST_WAIT_MS;
  }
  let milliseconds: number;
  try {
    const config = new ConfigReader({ wait: wait as {} });
    milliseconds = durationToMilliseconds(
      readDurationFromConfig(config, { key: 'wait' }),
    );
  } catch {
    throw new InputError('wait must be a duration such as 5m');
  }
  if (!(milliseconds >= 0 && milliseconds <= LONGEST_WAIT_MS)) {
    throw new InputError(
      'wait must be at most 15m: a step that waits holds one of the scaffolder’s slots. What takes longer is waited for in the portal',
    );
  }
  return milliseconds;
}
