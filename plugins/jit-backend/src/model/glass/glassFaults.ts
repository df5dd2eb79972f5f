import { LeaseRecord } from '../../leases/records';
import { GlassConfiguration } from './Glass';
import { namedGlass } from './glassConfigurations';
import { GLASS_RULES, GlassRules } from './GlassRules';

/** A rule broken on purpose, and what must come to light. */
export interface GlassFault {
  name: string;
  /** The promise that the model says is broken. */
  invariant: string;
  configuration: GlassConfiguration;
  rules: Partial<GlassRules>;
}

const LET_IN = namedGlass('by the catalog or the copy, or by the rules');
const COME_AND_GO = namedGlass('the person and the catalog come and go');
const DECIDED = namedGlass('people decide about a later end');
const AGAIN = namedGlass('broken again, and reviewed or not');

/** A lease that breaks the glass as if it were one by the rules, in something. */
function made(change: (lease: LeaseRecord) => Partial<LeaseRecord>) {
  return {
    leaseOf: (options: Parameters<GlassRules['leaseOf']>[0]) => {
      const { lease, entitlement } = GLASS_RULES.leaseOf(options);
      const request = { ...options.request, breakGlass: false };
      const ordinary = GLASS_RULES.leaseOf({ ...options, request });
      return {
        lease: { ...lease, ...change(ordinary.lease) },
        entitlement,
      };
    },
  };
}

/** What could be wrong about who breaks the glass. */
export const GLASS_FAULTS: GlassFault[] = [
  {
    name: 'a copy lets in whoever asks',
    invariant: 'letInByWord',
    configuration: LET_IN,
    rules: {
      outcomeBy: (question, evidence) =>
        GLASS_RULES.outcomeBy(
          'away' in evidence ? { ...question, breakGlass: true } : question,
          evidence,
        ),
    },
  },
  {
    name: 'a copy is believed however old it is',
    invariant: 'letInByWord',
    configuration: LET_IN,
    rules: { believes: () => true },
  },
  {
    name: 'what is denied is not looked at in a copy',
    invariant: 'letInByWord',
    configuration: LET_IN,
    rules: {
      outcomeBy: (question, evidence) =>
        GLASS_RULES.outcomeBy(
          'away' in evidence
            ? { ...question, pinned: { ...question.pinned, deny: [] } }
            : question,
          evidence,
        ),
    },
  },
  {
    name: 'who breaks the glass is judged by the other rules',
    invariant: 'letInByWord',
    configuration: LET_IN,
    rules: {
      outcomeBy: (question, evidence) =>
        GLASS_RULES.outcomeBy(
          'found' in evidence ? { ...question, breakGlass: false } : question,
          evidence,
        ),
    },
  },
  {
    name: 'the glass is broken while it is broken',
    invariant: 'brokenOnce',
    configuration: AGAIN,
    rules: {
      mayBreak: (leases, now) =>
        GLASS_RULES.mayBreak(
          leases.map(lease => ({ ...lease, state: 'revoked' })),
          now,
        ),
    },
  },
  {
    name: 'the glass is broken again before an overdue review',
    invariant: 'reviewedFirst',
    configuration: AGAIN,
    rules: {
      mayBreak: leases => GLASS_RULES.mayBreak(leases, -Infinity),
    },
  },
  {
    name: 'the subject reviews what they did',
    invariant: 'reviewedByAnother',
    configuration: AGAIN,
    rules: {
      review: (lease, wisher) => {
        const { subject, requester } = lease;
        const { lease: reviewed, event } = GLASS_RULES.review(
          { ...lease, subject: 'nobody', requester: 'nobody' },
          wisher,
        );
        return { lease: { ...reviewed, subject, requester }, event };
      },
    },
  },
  {
    name: 'a broken glass is moved at once',
    invariant: 'lastsAsAsked',
    configuration: COME_AND_GO,
    rules: made(({ extensionsLeft, maximumLifeMs }) => ({
      extensionsLeft,
      maximumLifeMs,
    })),
  },
  {
    name: 'a broken glass is protected',
    invariant: 'lastsAsAsked',
    configuration: COME_AND_GO,
    rules: made(({ protectMaximumMs }) => ({ protectMaximumMs })),
  },
  {
    name: 'a later end is approved while the catalog is away',
    invariant: 'endsLaterByWord',
    configuration: DECIDED,
    rules: { mayEndLater: () => true },
  },
  {
    name: 'seen once is enough',
    invariant: 'endsWhoLost',
    configuration: COME_AND_GO,
    rules: { isSeenTwice: () => true },
  },
  {
    name: 'what is not known counts against who holds it',
    invariant: 'endsWhoLost',
    configuration: COME_AND_GO,
    rules: {
      suspicionBy: (outcome, ...rest) =>
        GLASS_RULES.suspicionBy(
          outcome.outcome === 'unavailable' ? { outcome: 'gone' } : outcome,
          ...rest,
        ),
    },
  },
  {
    name: 'a broken glass is left to who has lost the right',
    invariant: 'keepsNoLonger',
    configuration: COME_AND_GO,
    rules: { suspicionBy: () => undefined },
  },
];
