import { ActivitySettings } from '../config';

/** How long a look at one connection may take. */
export const LOOK_TIMEOUT_MS = 60_000;

/** How long what a look has shown is believed: until the next one could have ended. */
export function holdsMs({ everyMs }: ActivitySettings): number {
  return everyMs + LOOK_TIMEOUT_MS;
}
