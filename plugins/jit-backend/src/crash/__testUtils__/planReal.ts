import { PEOPLE, STANDING } from './crew';
import {
  BatchPlan,
  PlannedLease,
  PlannedRequest,
  shuffled,
  SURELY_USED_MS,
} from './planBatch';

/**
 * Something of every real system: databases, roles, both as a bundle, one shared membership, keys, and pages, one of which stays at first. What lets
 * somebody in is used, and held on to.
 */
export function planReal(options: {
  name: string;
  random: () => number;
}): BatchPlan {
  const { name, random } = options;
  const short = () => 500 + Math.floor(random() * 1_500);
  const left = (profileId: string): PlannedLease => ({
    profileId,
    durationMs: short(),
  });
  const ended = (profileId: string): PlannedLease => ({
    profileId,
    durationMs: short() + 1_000,
    use: 'end',
  });
  const held = (profileId: string): PlannedLease => ({
    profileId,
    durationMs: SURELY_USED_MS,
    use: 'mint',
    givenBack: true,
  });
  const page = (what: string) => ({
    profileId: 'page',
    parameters: { name: `${name}-${what}` },
  });
  const [ada, bob, cyd] = shuffled(PEOPLE.slice(0, -1), random);
  const requests: Array<Omit<PlannedRequest, 'key'>> = [
    { person: ada, leases: [held('database')] },
    { person: bob, leases: [ended('database'), left('database')] },
    { person: ada, leases: [held('role'), left('role')] },
    { person: bob, leases: [ended('role')] },
    { person: ada, leases: [left('group')] },
    { person: ada, leases: [ended('group')] },
    { person: STANDING, leases: [left('group')] },
    { person: bob, leases: [held('keys'), { ...left('keys'), use: 'mint' }] },
    {
      person: cyd,
      leases: [
        { ...page('plain'), durationMs: short() + 1_000, use: 'end' },
        { ...page('stubborn'), durationMs: short() },
      ],
    },
    {
      person: cyd,
      bundleId: 'suite',
      leases: [held('database'), held('entry')],
    },
  ];
  return {
    requests: shuffled(requests, random).map((request, index) => ({
      ...request,
      key: `${name}-${index}`,
    })),
  };
}
