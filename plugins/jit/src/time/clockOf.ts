import { JitApi } from '@backstage-jit/plugin-jit-common';
import { ServerClock } from './ServerClock';

const clocks = new WeakMap<JitApi, ServerClock>();

/** The clock of the backend that an API talks to. */
export function clockOf(api: JitApi): ServerClock {
  const known = clocks.get(api);
  if (known) {
    return known;
  }
  const clock = new ServerClock();
  clocks.set(api, clock);
  return clock;
}
