import { DATABASE, Nature } from './backendConfig';
import { PEOPLE, STANDING } from './crew';

export interface PlannedLease {
  nature: Nature | typeof DATABASE;
  durationMs: number;
  /** What its holder does with it while it is active. */
  use?: 'mint' | 'extend' | 'end';
  /** Whether its holder gives it back when everything else is done. */
  givenBack?: true;
}

export interface PlannedRequest {
  /** Idempotency-Key and reason. */
  key: string;
  person: string;
  leases: PlannedLease[];
}

/** What people do in one episode. */
export interface BatchPlan {
  requests: PlannedRequest[];
}

const USED_LONGER_MS = 1_000;

/** However slow the machine is, what is used is used before it ends. */
const SURELY_USED_MS = 10 * 60_000;

/** Something of everything, in an order and with durations of chance: leases of their own, shared ones, some in steps, one held before. */
export function planBatch(options: {
  name: string;
  random: () => number;
  /** Whether nothing that is to be used may end before; then it is given back, so that nobody waits for its end. */
  sure?: boolean;
}): BatchPlan {
  const { name, random, sure } = options;
  const short = () => 200 + Math.floor(random() * 900);
  const longer = sure ? SURELY_USED_MS : USED_LONGER_MS;
  const [ada, bob] = shuffled(PEOPLE.slice(0, -1), random);
  const lease = (nature: Nature, use?: PlannedLease['use']): PlannedLease => ({
    nature,
    // What is used lives long enough for it.
    durationMs: short() + (use ? longer : 0),
    ...(use && { use }),
    ...(use && sure && { givenBack: true }),
  });

  const requests = shuffled(
    [
      { person: ada, leases: [lease('access', 'mint')] },
      {
        person: ada,
        leases: [lease('membership', 'extend'), lease('binding', 'end')],
      },
      { person: ada, leases: [lease('membership'), lease('binding')] },
      {
        person: bob,
        leases: [lease('access', 'extend'), lease('access', 'end')],
      },
      { person: bob, leases: [lease('membership'), lease('async')] },
      { person: bob, leases: [lease('ordered')] },
      { person: STANDING, leases: [lease('membership'), lease('binding')] },
    ],
    random,
  );
  return {
    requests: requests.map((request, index) => ({
      ...request,
      key: `${name}-${index}`,
    })),
  };
}

/** Databases alone: one is used, one is given back, one is left to itself. */
export function planDatabases(options: {
  name: string;
  random: () => number;
}): BatchPlan {
  const { name, random } = options;
  const uses: PlannedLease['use'][] = ['mint', 'end', undefined];
  const people = shuffled(PEOPLE.slice(0, -1), random);
  return {
    requests: shuffled(uses, random).map((use, index) => ({
      key: `${name}-${index}`,
      person: people[index],
      leases: [
        {
          nature: DATABASE,
          durationMs: 500 + Math.floor(random() * 1_500),
          ...(use && { use }),
        },
      ],
    })),
  };
}

export function shuffled<T>(items: T[], random: () => number): T[] {
  const left = [...items];
  const result: T[] = [];
  while (left.length) {
    result.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return result;
}
