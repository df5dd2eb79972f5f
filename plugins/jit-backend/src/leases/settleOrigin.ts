import { OriginOutcome } from '@backstage-jit/plugin-jit-node';
import { Instant, LeaseRecord } from './records';
import { isUnfinished } from './states';
import { askForEnd, Wish } from './wishes';

const ACTOR = 'system:origins';

const WHY: Record<Exclude<OriginOutcome, 'running' | 'completed'>, string> = {
  failed: 'failed or was cancelled',
  vanished: 'is not there any more',
};

/**
 * What becomes of a lease when it is known what became of the thing that it was made for: it stays, or ends. Once only.
 *
 * @returns undefined when that was known before, or the lease is finished
 */
export function settleOrigin(
  lease: LeaseRecord,
  options: { outcome: Exclude<OriginOutcome, 'running'>; now: Instant },
): Wish | undefined {
  const { outcome, now } = options;
  const { originType, originId, originSettledAt } = lease;
  if (
    originType === undefined ||
    originSettledAt !== undefined ||
    !isUnfinished(lease.state)
  ) {
    return undefined;
  }
  const settled = {
    originSettledAt: now,
    originUnknownSince: undefined,
    originToldAt: undefined,
  };
  const event = {
    leaseId: lease.id,
    type: `origin.${outcome}` as const,
    actor: ACTOR,
  };
  if (outcome === 'completed') {
    return { lease: { ...lease, ...settled }, event };
  }
  const why = `The ${originType} ${originId} that it was made for ${WHY[outcome]}`;
  const end = askForEnd(lease, { actor: ACTOR, now, reason: 'failed', why });
  return {
    lease: { ...(end?.lease ?? lease), ...settled },
    event: { ...event, why },
  };
}
