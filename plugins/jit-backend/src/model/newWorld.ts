import { NOW } from './codes';
import { Bounds, NOTHING } from './Configuration';
import { ModelState } from './ModelState';

/** A world in which nobody has asked for anything, nothing is there and nothing is wrong. */
export function newWorld(bounds: Bounds = NOTHING): ModelState {
  const { endWishes, lateWrites, second, ...budget } = bounds;
  return {
    now: NOW,
    leases: ['unasked', 'unasked'],
    late: 0,
    present: false,
    closed: false,
    diedByItself: false,
    down: false,
    repointed: false,
    flights: [],
    use: { at: [] },
    budget,
  };
}
