import { Instant, LeaseRecord } from '../../leases/records';
import { review } from '../../leases/review';
import { isUnfinished } from '../../leases/states';
import { EligibilityOutcome, outcomeBy } from '../../policy';
import { leaseOf } from '../../requests/leaseOf';
import { isSeenTwice, suspicionBy } from '../../tasks/suspicion';
import { UNIT } from '../Configuration';
import { Rules, RULES } from '../Rules';

/** In units: how long a copy of the catalog is believed. */
export const COPY_HOLDS = 2;

/** What the engine decides, and what is decided about who breaks the glass. */
export interface GlassRules extends Rules {
  leaseOf: typeof leaseOf;
  outcomeBy: typeof outcomeBy;
  suspicionBy: typeof suspicionBy;
  isSeenTwice: typeof isSeenTwice;
  review: typeof review;
  /** The guard of the statement `readCopy`. */
  believes(copy: { takenAt: Instant }, now: Instant): boolean;
  /** The guards of the statements of `refusedToBreakGlass`. */
  mayBreak(leases: readonly LeaseRecord[], now: Instant): boolean;
  /** A later end is asked for, and approved, only by an answer of the catalog: no copy is read for it. */
  mayEndLater(outcome: EligibilityOutcome): boolean;
}

export const GLASS_RULES: GlassRules = {
  ...RULES,
  leaseOf,
  outcomeBy,
  suspicionBy,
  isSeenTwice,
  review,
  believes: ({ takenAt }, now) => takenAt > now - COPY_HOLDS * UNIT,
  mayBreak: (leases, now) =>
    leases
      .filter(({ breakGlass }) => breakGlass)
      .every(
        ({ state, reviewedAt, reviewDueAt = 0 }) =>
          !isUnfinished(state) &&
          (reviewedAt !== undefined ||
            ['denied', 'withdrawn', 'lapsed'].includes(state) ||
            reviewDueAt > now),
      ),
  mayEndLater: ({ outcome }) => outcome === 'eligible',
};
