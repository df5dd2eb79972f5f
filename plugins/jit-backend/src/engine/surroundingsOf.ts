import { holdsMs } from '../activity/holdsMs';
import { Claim } from '../database/operations/engine/Claim';
import { TurnFacts } from '../database/operations/engine/Turn';
import { DecisionTimings, Surroundings } from '../leases/advance';
import { EngineOptions } from './DefaultJitEngine';

/** Each part of a bundle wakes the others when it moves; this is for the case that it could not. */
const PARTS_EVERY_MS = 60_000;

/** What a decision under a claim has to know of the world around it. */
export type SurroundingsOf = (
  claim: Claim,
  gate: Surroundings['gate'],
  facts: TurnFacts,
) => Surroundings;

/** @param options - `isStopping`: from then on no call is decided on any more */
export function createSurroundingsOf(
  options: Pick<EngineOptions, 'settings' | 'activity' | 'systems'> & {
    isStopping(): boolean;
  },
): SurroundingsOf {
  const { settings, activity, systems, isStopping } = options;
  const timings: DecisionTimings = {
    backoff: {
      firstMs: settings.backoffMinMs,
      maximumMs: settings.backoffMaxMs,
    },
    outsideGraceMs: settings.outsideMarginMs,
    probeEveryMs: settings.probeEveryMs,
    lookEveryMs: settings.probeEveryMs,
    partsEveryMs: PARTS_EVERY_MS,
    activityHoldsMs: holdsMs(activity),
  };
  return (claim, gate, { now, connection }) => ({
    now,
    random: Math.random(),
    gate,
    pausedUntil:
      isStopping() || claim.whilePaused
        ? now + timings.probeEveryMs
        : connection.pausedUntil,
    traits: systems.traits(claim.provider),
    timings,
  });
}
