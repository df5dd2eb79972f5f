import { EntitlementRecord, Instant, LeaseRecord } from '../leases/records';
import { Configuration, DURATIONS, UNIT } from './Configuration';
import { ModelState } from './ModelState';

/** The ids of the two leases. */
export const IDS = ['A', 'B'] as const;

/** Who writes all wishes. */
export const SOMEONE = 'user:default/someone';

/** The unfinished leases. */
export function rows(state: ModelState): LeaseRecord[] {
  return state.leases.filter(
    (lease): lease is LeaseRecord => typeof lease !== 'string',
  );
}

/** The row of an entitlement that nothing is known about. */
export function newEntitlement(
  configuration: Configuration,
): EntitlementRecord {
  return {
    id: 'thing',
    connection: 'system',
    provider: 'model.thing',
    shared: configuration.shared,
    externalName: 'jit_thing',
    attempted: false,
  };
}

/** The row of a lease that was just asked for and needs no decision by a person. */
export function newLease(
  index: 0 | 1,
  now: Instant,
  {
    bundle,
    used,
    kept,
    decided,
  }: Pick<Configuration, 'bundle' | 'used' | 'kept' | 'decided'> = {},
): LeaseRecord {
  return {
    ...(bundle && {
      bundle: { id: 'both', title: 'Both', part: index, parts: 2 },
      awaitsParts: index > 0 || undefined,
    }),
    id: IDS[index],
    requestId: bundle ? 'bundle' : IDS[index],
    entitlementId: 'thing',
    kind: 'access',
    state: 'approved',
    version: 1,
    profileId: 'profile',
    profileTitle: 'Profile',
    profileHash: 'hash',
    provider: 'model.thing',
    connection: 'system',
    parameters: {},
    requester: SOMEONE,
    subject: SOMEONE,
    durationMs: DURATIONS.lease[index] * UNIT,
    grantWithinMs: DURATIONS.grantWithin * UNIT,
    extensionsLeft: 1,
    maximumLifeMs: decided
      ? (DURATIONS.lease[index] + DURATIONS.extension) * UNIT
      : 100 * UNIT,
    ...(used && rulesOfUse()),
    ...(kept && {
      keepMs: DURATIONS.keep * UNIT,
      restores: index > 0 ? IDS[0] : undefined,
    }),
    requestedAt: now,
    startsAt: now,
    attempts: 0,
    eventSequence: 0,
    eventHead: '',
  };
}

/** At this price a unit of time costs a unit of money. */
function rulesOfUse(): Partial<LeaseRecord> {
  return {
    idleAfterMs: DURATIONS.idle * UNIT,
    idleWarnMs: DURATIONS.idleWarn * UNIT,
    protectMaximumMs: DURATIONS.protection * UNIT,
    price: {
      perHour: `${3_600_000 / UNIT}.00`,
      currency: 'EUR',
      budget: `${DURATIONS.budget}.00`,
    },
  };
}
