import { Bounds, Configuration, NOTHING } from '../Configuration';
import { CONFIGURATIONS } from '../configurations';
import { GlassConfiguration } from './Glass';

const ALONE = CONFIGURATIONS.find(each => each.name.startsWith('alone'))!;

/** Leases that each have a thing of their own, of which nothing goes wrong but what is given. */
function world(
  bounds: Partial<Bounds> = {},
  more: Partial<Configuration> = {},
): Configuration {
  return {
    ...ALONE,
    settle: 0,
    claimLife: 2,
    ...more,
    bounds: { ...NOTHING, ...bounds },
  };
}

/** The worlds that are explored to their end. */
export const GLASS_CONFIGURATIONS: GlassConfiguration[] = [
  {
    name: 'by the catalog or the copy, or by the rules',
    world: world(),
    persons: ['both', 'on call', 'left', 'denied', 'gone'],
    budget: { outages: 1, changes: 1 },
    ordinary: true,
  },
  {
    name: 'the person and the catalog come and go',
    world: world({ endWishes: [true, false] }),
    persons: ['on call', 'left', 'denied'],
    budget: { outages: 1, changes: 2 },
  },
  {
    name: 'a worker dies, a call breaks off, the catalog goes away',
    world: world({ crashes: 1, unknowns: 1 }),
    persons: ['on call', 'gone'],
    budget: { outages: 1, changes: 1 },
  },
  {
    name: 'people decide about a later end',
    world: world({ asks: 1 }, { decided: true }),
    persons: ['on call', 'left'],
    budget: { outages: 1, changes: 1 },
  },
  {
    name: 'broken again, and reviewed or not',
    world: world({ endWishes: [true, false] }),
    persons: ['on call', 'left'],
    budget: { outages: 1, changes: 1 },
    twice: true,
  },
  {
    name: 'broken again after a crash, and reviewed or not',
    world: world({ endWishes: [true, false], crashes: 1 }),
    persons: ['on call'],
    budget: { outages: 0, changes: 0 },
    twice: true,
  },
];

/** The configuration of a name. */
export function namedGlass(name: string): GlassConfiguration {
  return GLASS_CONFIGURATIONS.find(each => each.name === name)!;
}
