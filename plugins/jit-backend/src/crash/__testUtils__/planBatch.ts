import { JsonObject } from '@backstage/types';
import { Nature, PAIR } from './backendConfig';
import { PEOPLE, STANDING } from './crew';

export interface PlannedLease {
  profileId: string;
  /** What of the profile's parameters the request says. */
  parameters?: JsonObject;
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
  /** Whose parts the leases are: the first has the duration of all. */
  bundleId?: string;
  leases: PlannedLease[];
}

/** What people do in one episode. */
export interface BatchPlan {
  requests: PlannedRequest[];
}

const USED_LONGER_MS = 1_000;

/** However slow the machine is, what is used is used before it ends, and the last part of a bundle begins before. */
export const SURELY_USED_MS = 10 * 60_000;

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
  const lease = (
    profileId: Nature,
    use?: PlannedLease['use'],
  ): PlannedLease => ({
    profileId,
    // What is used lives long enough for it.
    durationMs: short() + (use ? longer : 0),
    ...(use && { use }),
    ...(use && sure && { givenBack: true }),
  });

  const requests = shuffled<Omit<PlannedRequest, 'key'>>(
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
      {
        person: ada,
        bundleId: PAIR.id,
        leases: PAIR.parts.map(part => ({
          ...lease(part),
          durationMs: SURELY_USED_MS,
          givenBack: true,
        })),
      },
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

export function shuffled<T>(items: T[], random: () => number): T[] {
  const left = [...items];
  const result: T[] = [];
  while (left.length) {
    result.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return result;
}
