import { EndReason } from '@backstage-jit/plugin-jit-common';
import { Instant, LeaseRecord } from '../leases/records';
import { EligibilityOutcome, PinnedProfile } from '../policy';

/** Why a live lease is to end, if it is seen like that twice. */
export interface Suspicion {
  reason: EndReason;
  why: string;
}

/** What stands against a live lease by what the catalog says; undefined when nothing does, or nothing is known. */
export function suspicionBy(
  outcome: EligibilityOutcome,
  pinned: Pick<PinnedProfile, 'whenIneligible'>,
  { subject }: Pick<LeaseRecord, 'subject'>,
): Suspicion | undefined {
  switch (outcome.outcome) {
    case 'gone':
      return {
        reason: 'offboarded',
        why: `${subject} is no longer in the catalog`,
      };
    case 'ineligible':
      return pinned.whenIneligible === 'end'
        ? { reason: 'ineligible', why: outcome.rule }
        : undefined;
    default:
      return undefined;
  }
}

/** Seen once is not enough: the one before must be a whole pass old, or nearly so, whichever replica made it. */
export function isSeenTwice(
  { ineligibleSince }: Pick<LeaseRecord, 'ineligibleSince'>,
  { everyMs, now }: { everyMs: number; now: Instant },
): boolean {
  return (
    ineligibleSince !== undefined && ineligibleSince + everyMs * 0.9 <= now
  );
}
