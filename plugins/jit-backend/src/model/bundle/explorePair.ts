import { ModelState } from '../ModelState';
import { newWorld } from '../newWorld';
import { ask } from '../people';
import { endless } from '../progress';
import { Rules, RULES } from '../Rules';
import { decodePair, encodePair, Pair, PairConfiguration, Side } from './Pair';
import { brokenByPair, isPairAtRest } from './pairInvariants';
import { pairSuccessors } from './pairSuccessors';

/** What an exploration of a bundle found. */
export interface PairExploration {
  states: number;
  transitions: number;
  atRest: number;
  labels: ReadonlySet<string>;
  /** The promise that was not kept, and what happened until then. */
  broken?: { invariant: string; history: string[] };
}

/**
 * Visits every state that a bundle of two can reach, breadth first, and checks each promise on each step; then that from each state a calm world
 * comes to rest.
 */
export function explorePair(
  configuration: PairConfiguration,
  options: { rules?: Rules; limit?: number } = {},
): PairExploration {
  const { rules = RULES, limit = 3_000_000 } = options;
  const keys: string[] = [];
  const numbers = new Map<string, number>();
  const cameFrom: Array<{ from: number; label: string }> = [];
  const resting: boolean[] = [];
  const calm: number[] = [];
  const labels = new Set<string>();
  let transitions = 0;

  const add = (key: string, rests: boolean, from: number, label: string) => {
    const known = numbers.get(key);
    if (known !== undefined) {
      return known;
    }
    if (keys.length >= limit) {
      throw new Error(`There are more than ${limit} states`);
    }
    numbers.set(key, keys.length);
    cameFrom.push({ from, label });
    resting.push(rests);
    return keys.push(key) - 1;
  };
  const historyOf = (number: number, ...rest: string[]): string[] => {
    const history = [...rest];
    for (let at = number; at >= 0; at = cameFrom[at].from) {
      history.unshift(cameFrom[at].label);
    }
    return history;
  };
  const result = (broken?: PairExploration['broken']): PairExploration => ({
    states: keys.length,
    transitions,
    atRest: resting.filter(Boolean).length,
    labels,
    broken,
  });

  const step = (index: number): PairExploration['broken'] => {
    const before = decodePair(keys[index], configuration);
    let broken: PairExploration['broken'];
    pairSuccessors(keys[index], {
      configuration,
      rules,
      emit: next => {
        transitions++;
        const label =
          next.side === undefined
            ? next.label
            : `${'AB'[next.side]}: ${next.label}`;
        labels.add(label);
        const fault = brokenByPair(before, next, configuration);
        if (fault) {
          const { invariant, detail } = fault;
          broken ??= {
            invariant,
            history: historyOf(index, label, `<- broken: ${detail}`),
          };
        }
        const key = encodePair(next.pair, configuration);
        const there = add(key, isPairAtRest(next.pair), index, label);
        if (next.calm) {
          calm[index] = there;
        }
      },
    });
    return broken;
  };

  const first = firstPair(configuration);
  add(encodePair(first, configuration), false, -1, 'the bundle is asked for');
  for (let index = 0; index < keys.length; index++) {
    const broken = step(index);
    if (broken) {
      return result(broken);
    }
  }
  const chain = endless(calm, resting);
  return result(
    chain && {
      invariant: 'comesToRest',
      history: historyOf(chain[0], `<- for ever, through ${chain.length}`),
    },
  );
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
