import {
  ADMIN,
  aLease,
  FakeWorld,
  ORDERS_DB,
  RAVI,
  READ,
  WRITE,
} from '../src/__testUtils__';

const HOUR = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();

/** Somebody has gone in without approval, and somebody else did some days ago whom nobody has looked at. */
export function brokenGlass(): Partial<FakeWorld> {
  const now = Date.now();
  const write = {
    profileId: WRITE.profileId,
    profileTitle: WRITE.title,
    extensionsLeft: 0,
  };
  const breakGlass = { reviewWithinMs: 24 * HOUR };
  return {
    offers: [
      {
        ...READ,
        onBehalf: { consent: true },
      },
      {
        ...WRITE,
        automatic: false,
        approval: [
          { rule: 'owners of the target', count: 1 },
          { rule: 'members of group:default/security', count: 2 },
        ],
        breakGlass,
      },
      { ...ADMIN, breakGlass },
    ],
    leases: [
      aLease(now, {
        ...write,
        id: 'glass',
        entityRef: ORDERS_DB,
        reason: 'OPS-9 orders are stuck since 02:10, refunds wait',
        breakGlass: {
          reviewDueAt: iso(now + 24 * HOUR),
          undeliveredSince: iso(now - HOUR / 10),
        },
      }),
      aLease(now - 50 * HOUR, {
        ...write,
        id: 'missed',
        subject: RAVI,
        requester: RAVI,
        reason: 'OPS-4 customers cannot pay',
        state: 'revoked',
        endReason: 'expired',
        endedAt: iso(now - 49 * HOUR),
        verifiedAt: iso(now - 49 * HOUR),
        breakGlass: { reviewDueAt: iso(now - 25 * HOUR) },
      }),
    ],
    presence: [
      {
        subject: RAVI,
        profileTitle: WRITE.title,
        expiresAt: iso(now + HOUR / 3),
        breakGlass: true,
      },
    ],
  };
}

/** Two steps, the second by two people. */
export const approvalOfWrite: FakeWorld['preview'] = {
  automatic: false,
  leases: [{ profileId: WRITE.profileId, durationMs: HOUR / 4 }],
  approval: {
    lapsesAfterMs: 8 * HOUR,
    steps: [
      {
        rule: 'owners of the target',
        count: 1,
        approvers: ['group:default/orders-team'],
        people: ['user:default/tomas.varga', RAVI],
      },
      {
        rule: 'members of group:default/security',
        count: 2,
        approvers: ['group:default/security'],
        people: ['user:default/ines.calder', 'user:default/mika.harrow'],
      },
    ],
  },
};
