import { Broken } from './Broken';
import { Configuration } from './Configuration';
import { decode } from './decode';
import { describeHistory } from './describe';
import { encode } from './encode';
import { ModelState } from './ModelState';
import { Successor } from './Moment';
import { newWorld } from './newWorld';
import { ask } from './people';
import { endless, NEVER_AT_REST } from './progress';
import { Rules, RULES } from './Rules';
import { Found } from './search';
import { brokenBy } from './stateInvariants';
import { newSweep } from './sweep/pass';
import { successors } from './successors';
import { Visited } from './Visited';

/**
 * Visits every state that a configuration can reach, breadth first, and checks each promise on each state and step; then that from each
 * state a calm world comes to rest.
 *
 * @param limit - the most states to visit; an Error is thrown beyond, so that a world that grew out of bounds is not taken for explored
 */
export function explore(
  configuration: Configuration,
  options: { rules?: Rules; limit?: number } = {},
): Found {
  const { rules = RULES, limit = 5_000_000 } = options;
  const begun = performance.now();
  const visited = new Visited(configuration, limit);
  const labels = new Set<string>();
  let transitions = 0;

  const result = (broken?: Broken, path: number[] = [], last = '') => ({
    states: visited.keys.length,
    transitions,
    atRest: visited.resting.filter(Boolean).length,
    milliseconds: performance.now() - begun,
    labels,
    ...(broken && {
      broken: {
        ...broken,
        history: describeHistory({
          keys: path.map(index => visited.keys[index]),
          last,
          configuration,
          rules,
        }),
      },
    }),
  });

  const step = (from: number) => {
    let found: { broken: Broken; label: string } | undefined;
    const emit = (next: Successor) => {
      transitions++;
      labels.add(next.label);
      const known = visited.keys.length;
      const there = visited.add(next.state, from);
      if (next.calm) {
        visited.calm[from] = there;
      }
      const broken =
        next.broken ??
        (there === known ? brokenBy(next.state, configuration) : undefined);
      if (broken) {
        found ??= { broken, label: next.label };
      }
    };
    successors(visited.keys[from], { configuration, rules, emit });
    return found;
  };

  visited.add(firstState(configuration), -1);
  for (let index = 0; index < visited.keys.length; index++) {
    const found = step(index);
    if (found) {
      return result(found.broken, visited.pathTo(index), found.label);
    }
  }

  const chain = endless(visited.calm, visited.resting);
  return chain
    ? result(
        NEVER_AT_REST,
        [...visited.pathTo(chain[0]), ...chain.slice(1)],
        'and so on, for ever',
      )
    : result();
}

function firstState(configuration: Configuration): ModelState {
  const { bounds, standing, swept } = configuration;
  const state: ModelState = {
    ...newWorld(bounds),
    present: standing,
    sweep: swept && newSweep(swept),
  };
  ask(state, 0, configuration);
  return decode(encode(state, configuration), configuration);
}
