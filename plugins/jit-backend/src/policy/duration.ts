import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, JsonValue } from '@backstage/types';
import { Duration } from 'luxon';
import { DurationRules } from './Profile';

/** Longer than this nothing is temporary. */
export const LONGEST_DURATION_MS = 366 * 24 * 3_600_000;

/**
 * Reads `30m`, `PT30M` or `{ minutes: 30 }`.
 *
 * @returns whole milliseconds, negative ones too, or undefined for what is not a duration.
 */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value !== 'string' && !isPlainObject(value)) {
    return undefined;
  }
  try {
    const milliseconds = durationToMilliseconds(
      readDurationFromConfig(
        new ConfigReader({ duration: value as JsonValue }),
        { key: 'duration' },
      ),
    );
    return Number.isFinite(milliseconds) ? Math.floor(milliseconds) : undefined;
  } catch {
    // The library's sentence speaks of config, and repeats what was sent.
    return undefined;
  }
}

/**
 * The duration somebody asks for, in milliseconds; the profile's default when they do not say.
 *
 * @throws InputError naming the limit that is not kept.
 */
export function readRequestedDuration(options: {
  durations: DurationRules;
  requested: unknown;
  /** How the field is called in the error. */
  field?: string;
}): number {
  const { durations, requested, field = 'duration' } = options;
  if (requested === undefined) {
    return durations.defaultMs;
  }
  const milliseconds = parseDuration(requested);
  // In words only for who is refused: they take longer than all else here.
  const maximum = () => formatDuration(durations.maximumMs);
  if (milliseconds === undefined) {
    throw new InputError(
      `${field} is not a duration such as 30m, PT30M or { minutes: 30 }; the maximum is ${maximum()}`,
    );
  }
  if (milliseconds <= 0) {
    throw new InputError(
      `${field} must be more than zero; the maximum is ${maximum()}`,
    );
  }
  if (milliseconds > durations.maximumMs) {
    throw new InputError(`${field} is longer than the maximum of ${maximum()}`);
  }
  return milliseconds;
}

/** For people: `1 hour, 30 minutes`. */
export function formatDuration(milliseconds: number): string {
  // Not months: theirs are of no certain length.
  const duration = Duration.fromMillis(milliseconds, { locale: 'en' })
    .shiftTo('days', 'hours', 'minutes', 'seconds', 'milliseconds')
    .removeZeros();
  return milliseconds === 0 ? '0 seconds' : duration.toHuman();
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
