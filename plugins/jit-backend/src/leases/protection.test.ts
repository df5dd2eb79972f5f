import fc from 'fast-check';
import { activeLease, BEGIN, draftOf } from './__testUtils__/activeLease';
import { advance, Surroundings } from './advance';
import { idleEndsAt } from './idle';
import { askForProtection, protectableUntil } from './protection';
import { LeaseRecord } from './records';

const HOUR = 3_600_000;

function protect(
  lease: LeaseRecord,
  given: { until?: number; now?: number; canExtend?: boolean },
) {
  return askForProtection(lease, {
    actor: 'user:default/ada',
    now: BEGIN,
    canExtend: true,
    why: 'Demo on Friday',
    ...given,
  });
}

/** What the engine makes of it at an instant, with nothing to call. */
function at(lease: LeaseRecord, now: number) {
  const surroundings: Surroundings = {
    now,
    random: 0,
    gate: { open: true, identity: 'here' },
    traits: { settleMs: 0, lagMs: 0, callTimeoutMs: 1_000, canExtend: true },
    timings: {
      backoff: { firstMs: 1, maximumMs: 1 },
      outsideGraceMs: 0,
      probeEveryMs: 1_000,
      lookEveryMs: 1_000,
      partsEveryMs: 1_000,
      activityHoldsMs: 60_000,
    },
  };
  const draft = draftOf(lease);
  const { view, events, schedule } = advance(
    { entitlement: draft.entitlement, leases: draft.leases },
    { type: 'claimed' },
    surroundings,
  );
  return {
    lease: view.leases[0],
    events: events.map(({ type }) => type),
    turnAt: schedule.turnAt,
  };
}

describe('a protection', () => {
  const lease = activeLease({
    expiresAt: BEGIN + HOUR,
    protectMaximumMs: 72 * HOUR,
    idleAfterMs: HOUR / 4,
  });

  it('moves the end, keeps what is not used, and tells when it is over', () => {
    const wish = protect(lease, { until: BEGIN + 48 * HOUR })!;
    expect(wish.event).toMatchObject({
      type: 'lease.protected',
      why: 'Demo on Friday',
      data: {
        until: '2030-01-03T00:00:00.000Z',
        from: '2030-01-01T01:00:00.000Z',
        to: '2030-01-03T00:00:00.000Z',
      },
    });
    expect(wish.beforeExpiry).toBe(true);
    const kept = {
      ...wish.lease,
      lastActivityAt: BEGIN,
      activitySeenUntil: BEGIN + 47 * HOUR,
    };
    expect(at(kept, BEGIN + 47 * HOUR).lease.state).toBe('active');
    expect(at(kept, BEGIN + 48 * HOUR).lease).toMatchObject({
      state: 'revoking',
      endReason: 'expired',
    });

    const shorter = protect(
      activeLease({ ...lease, expiresAt: BEGIN + 9 * HOUR }),
      {
        until: BEGIN + 2 * HOUR,
      },
    )!;
    expect(shorter.lease.expiresAt).toBe(BEGIN + 9 * HOUR);
    expect(at(shorter.lease, BEGIN).turnAt).toBe(BEGIN + 2 * HOUR);
    const over = at(shorter.lease, BEGIN + 2 * HOUR);
    expect(over.events).toEqual(['lease.protection-over']);
    expect(over.lease.protectedUntil).toBeUndefined();
  });

  it('does not hold against its budget, nor against people', () => {
    const wish = protect(
      activeLease({
        ...lease,
        price: { perHour: '1.00', currency: 'EUR', budget: '10.00' },
      }),
      { until: BEGIN + 48 * HOUR },
    )!;
    const waits = at(wish.lease, BEGIN + HOUR);
    expect(waits.turnAt).toBe(BEGIN + 8 * HOUR);
    expect(at(wish.lease, BEGIN + 8 * HOUR).events).toEqual([
      'lease.budget-warned',
    ]);
    expect(at(wish.lease, BEGIN + 10 * HOUR).lease.endReason).toBe('budget');
    const ended = {
      ...wish.lease,
      endWish: {
        reason: 'stopped' as const,
        actor: 'user:default/pat',
        at: BEGIN,
      },
    };
    expect(at(ended, BEGIN + HOUR).lease.endReason).toBe('stopped');
  });

  it('is lifted, and then it may end for not being used', () => {
    const { lease: kept } = protect(lease, { until: BEGIN + 48 * HOUR })!;
    expect(idleEndsAt(kept)).toBe(BEGIN + 48 * HOUR);
    for (const until of [undefined, BEGIN + HOUR]) {
      const lifted = protect(kept, { until, now: BEGIN + 2 * HOUR })!;
      expect(lifted.event.type).toBe('lease.protection-lifted');
      expect(lifted.lease.protectedUntil).toBeUndefined();
      expect(lifted.lease.expiresAt).toBe(BEGIN + 48 * HOUR);
      expect(idleEndsAt(lifted.lease)).toBe(BEGIN + HOUR / 4);
    }
    expect(protect(lease, {})).toBeUndefined();
  });

  it('never reaches further than the profile lets it', () => {
    fc.assert(
      fc.property(fc.nat(100 * HOUR), fc.nat(100 * HOUR), (until, now) => {
        let reached: number | undefined;
        try {
          reached = protect(lease, { until: BEGIN + until, now: BEGIN + now })
            ?.lease.expiresAt;
        } catch {
          return;
        }
        expect(reached ?? 0).toBeLessThanOrEqual(protectableUntil(lease)!);
      }),
    );
  });

  it.each<
    [string, Partial<LeaseRecord>, Parameters<typeof protect>[1], string]
  >([
    [
      'too far',
      {},
      { until: BEGIN + 73 * HOUR },
      'until is later than 2030-01-04',
    ],
    [
      'where none is allowed',
      { protectMaximumMs: undefined },
      { until: BEGIN + HOUR },
      'its profile does not allow it',
    ],
    [
      'past an end that cannot be moved',
      {},
      { until: BEGIN + 2 * HOUR, canExtend: false },
      'cannot move an end',
    ],
    [
      'past the end of its bundle',
      { bundle: { id: 'b', title: 'B', part: 0, parts: 2 } },
      { until: BEGIN + 2 * HOUR },
      'with its bundle',
    ],
    [
      'when it is over',
      { expiresAt: BEGIN },
      { until: BEGIN + HOUR },
      'is not active',
    ],
    [
      'when it has ended',
      { state: 'revoking' },
      { until: BEGIN + HOUR },
      'is not active',
    ],
    [
      'when it is being ended',
      { endWish: { reason: 'ended', actor: 'a', at: BEGIN } },
      { until: BEGIN + HOUR },
      'is being ended',
    ],
  ])('is refused %s', (_what, given, wish, message) => {
    expect(() => protect({ ...lease, ...given }, wish)).toThrow(message);
  });
});
