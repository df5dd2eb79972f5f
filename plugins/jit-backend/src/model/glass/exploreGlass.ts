import { newWorld } from '../newWorld';
import { Found, search } from '../search';
import { isAtRest } from '../stateInvariants';
import { Glass, GlassConfiguration } from './Glass';
import { encodeGlass } from './glassCodes';
import { leaseMaker } from './glassLease';
import { GLASS_RULES, GlassRules } from './GlassRules';
import { glassSuccessors } from './glassSuccessors';

/**
 * Visits every state that one person, the catalog and what they break the glass for can reach, breadth first, and checks each promise on each step;
 * then that from each state a calm world comes to rest.
 */
export function exploreGlass(
  configuration: GlassConfiguration,
  options: { rules?: GlassRules } = {},
): Found {
  const { rules = GLASS_RULES } = options;
  const common = {
    configuration,
    rules,
    leaseMaker: leaseMaker({ configuration: configuration.world, rules }),
  };
  return search({
    first: {
      label: 'nobody has asked for anything',
      key: encodeGlass(firstGlass(configuration), configuration),
      rests: true,
    },
    successors: (key, emit) =>
      glassSuccessors(key, {
        ...common,
        emit: ({ label, glass, calm, broken }) =>
          emit({
            label,
            key: encodeGlass(glass, configuration),
            rests: isAtRest(glass.world),
            calm,
            broken,
          }),
      }),
  });
}

function firstGlass({ world, persons, budget }: GlassConfiguration): Glass {
  return {
    world: newWorld(world.bounds),
    past: [undefined, undefined],
    catalog: { answers: true, person: persons[0] },
    looked: false,
    budget,
  };
}
