import { Broken } from './Broken';
import { endless, NEVER_AT_REST } from './progress';

/** What a search found. */
export interface Found {
  states: number;
  transitions: number;
  /** How many of the states have nothing left to do and nothing under way. */
  atRest: number;
  milliseconds: number;
  /** Everything that happened, in words. */
  labels: ReadonlySet<string>;
  /** The first promise that was not kept, with the shortest history that leads there. */
  broken?: Broken & { history: string[] };
}

/** One state that may come next, as a text that is equal for states which nothing can tell apart. */
export interface Next {
  label: string;
  key: string;
  rests: boolean;
  calm: boolean;
  broken?: Broken;
}

/**
 * Visits every state that can be reached from the first one, breadth first, until a promise is not kept; then looks whether from each state a calm
 * world comes to rest.
 */
export function search(options: {
  first: Omit<Next, 'calm'>;
  /** Hands every state that may come next to `emit`. */
  successors(key: string, emit: (next: Next) => void): void;
  /** The most states to visit; an Error is thrown beyond. */
  limit?: number;
}): Found {
  const { first, successors, limit = 3_000_000 } = options;
  const begun = performance.now();
  const keys: string[] = [];
  const numbers = new Map<string, number>();
  const cameFrom: Array<{ from: number; label: string }> = [];
  const resting: boolean[] = [];
  const calm: number[] = [];
  const labels = new Set<string>();
  let transitions = 0;

  const add = ({ key, rests, label }: Omit<Next, 'calm'>, from: number) => {
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
  const result = (broken?: Found['broken']): Found => ({
    states: keys.length,
    transitions,
    atRest: resting.filter(Boolean).length,
    milliseconds: performance.now() - begun,
    labels,
    broken,
  });

  const step = (index: number): Found['broken'] => {
    let broken: Found['broken'];
    successors(keys[index], next => {
      transitions++;
      labels.add(next.label);
      if (next.broken) {
        broken ??= {
          ...next.broken,
          history: historyOf(index, `${next.label}  <- broken`),
        };
      }
      const there = add(next, index);
      if (next.calm) {
        calm[index] = there;
      }
    });
    return broken;
  };

  add(first, -1);
  for (let index = 0; index < keys.length; index++) {
    const broken = step(index);
    if (broken) {
      return result(broken);
    }
  }
  const chain = endless(calm, resting);
  return result(
    chain && {
      ...NEVER_AT_REST,
      history: historyOf(chain[0], `<- for ever, through ${chain.length}`),
    },
  );
}
