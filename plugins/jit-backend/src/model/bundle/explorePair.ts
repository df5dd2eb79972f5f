import { ModelState } from '../ModelState';
import { newWorld } from '../newWorld';
import { ask } from '../people';
import { Rules, RULES } from '../Rules';
import { Found, search } from '../search';
import { decodePair, encodePair, Pair, PairConfiguration, Side } from './Pair';
import { brokenByPair, isPairAtRest } from './pairInvariants';
import { pairSuccessors } from './pairSuccessors';

/**
 * Visits every state that a bundle of two can reach, breadth first, and checks each promise on each step; then that from each state a calm world
 * comes to rest.
 */
export function explorePair(
  configuration: PairConfiguration,
  options: { rules?: Rules; limit?: number } = {},
): Found {
  const { rules = RULES, limit } = options;
  return search({
    limit,
    first: {
      label: 'the bundle is asked for',
      key: encodePair(firstPair(configuration), configuration),
      rests: false,
    },
    successors: (key, emit) => {
      const before = decodePair(key, configuration);
      pairSuccessors(key, {
        configuration,
        rules,
        emit: next => {
          const { side, label, pair, calm } = next;
          emit({
            label: side === undefined ? label : `${'AB'[side]}: ${label}`,
            key: encodePair(pair, configuration),
            rests: isPairAtRest(pair),
            calm,
            broken: brokenByPair(before, next, configuration),
          });
        },
      });
    },
  });
}

function firstPair({ sides }: PairConfiguration): Pair {
  const side = (index: Side): ModelState => {
    const state: ModelState = {
      ...newWorld(sides[index].bounds),
      leases: ['over', 'over'],
    };
    ask(state, index, sides[index]);
    return state;
  };
  return [side(0), side(1)];
}
