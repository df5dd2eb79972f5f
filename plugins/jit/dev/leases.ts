import { Lease } from '@backstage-jit/plugin-jit-common';
import {
  aLease,
  FakeWorld,
  INES,
  NADIA,
  ORDERS_DB,
  RAVI,
  TOMAS,
} from '../src/__testUtils__';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const iso = (instant: number) => new Date(instant).toISOString();

export function stuckLease(): Lease {
  const now = Date.now();
  return aLease(now, {
    id: 'stuck',
    subject: RAVI,
    requester: RAVI,
    state: 'revoking',
    endReason: 'expired',
    stuck: true,
    attempts: 7,
    endedAt: iso(now - 14 * MINUTE),
    expiresAt: iso(now - 14 * MINUTE),
    nextActionAt: iso(now + 2.5 * MINUTE),
    blockers: ['2 prepared transactions in the database orders'],
    lastError: {
      class: 'retryable',
      message: 'Still there: 2 prepared transactions in the database orders',
      at: iso(now - MINUTE),
    },
  });
}

export function twoSteps(): FakeWorld['steps'] {
  const now = Date.now();
  return [
    {
      rule: 'owners of the target',
      approvers: ['group:default/orders-team'],
      count: 1,
      state: 'done',
      openedAt: iso(now - 4 * MINUTE),
      decisions: [
        { by: TOMAS, decision: 'approve', at: iso(now - 3 * MINUTE) },
      ],
    },
    {
      rule: 'members of group:default/security or user:default/ines.calder',
      approvers: ['group:default/security', INES],
      count: 2,
      state: 'open',
      openedAt: iso(now - 3 * MINUTE),
      decisions: [{ by: RAVI, decision: 'approve', at: iso(now - MINUTE) }],
    },
    {
      rule: 'manager of who receives it',
      approvers: [TOMAS],
      count: 1,
      state: 'waiting',
      decisions: [],
    },
  ];
}

/** Security says no after the owners have said yes. */
export function deniedSteps(): FakeWorld['steps'] {
  const [owners, security] = twoSteps();
  return [
    owners,
    {
      ...security,
      state: 'waiting',
      decisions: [
        {
          by: INES,
          decision: 'deny',
          at: iso(Date.now() - MINUTE),
          comment: 'The replica has <b>all</b> that you need for this.',
        },
      ],
    },
  ];
}

/** Nobody has said anything. */
export function undecidedSteps(): FakeWorld['steps'] {
  const [owners] = twoSteps();
  return [{ ...owners, state: 'waiting', decisions: [] }];
}

/** One that people denied, and one that nobody decided. */
export function undoneLeases(): Lease[] {
  const now = Date.now();
  const over = {
    profileTitle: 'Orders database, read and write',
    grantedAt: undefined,
    expiresAt: undefined,
    requestedAt: iso(now - 4 * MINUTE),
    endedAt: iso(now - MINUTE),
  };
  return [
    aLease(now, {
      ...over,
      id: 'd1',
      requestId: 'd1',
      state: 'denied',
      endReason: 'denied',
    }),
    aLease(now, { ...over, id: 'd2', requestId: 'd2', state: 'lapsed' }),
  ];
}

export function waitingLeases(): Lease[] {
  const now = Date.now();
  const early = { grantedAt: undefined, expiresAt: undefined };
  return [
    aLease(now, {
      ...early,
      id: 'w1',
      state: 'requested',
      profileTitle: 'Orders database, read and write',
      requestedAt: iso(now - 4 * MINUTE),
    }),
    aLease(now, {
      ...early,
      id: 'w2',
      state: 'approved',
      startsAt: iso(now + 130 * MINUTE),
    }),
    aLease(now, { ...early, id: 'w3', state: 'granting' }),
    aLease(now, { ...early, id: 'w4', state: 'approved' }),
  ];
}

export function failingLeases(): Lease[] {
  const now = Date.now();
  return [
    { ...stuckLease(), subject: NADIA, requester: NADIA },
    aLease(now, {
      id: 'f1',
      state: 'granting',
      grantedAt: undefined,
      expiresAt: undefined,
      attempts: 2,
      nextActionAt: iso(now + 12_000),
      lastError: {
        class: 'connection',
        message: 'PostgreSQL at db.example.com:5432 refuses connections',
        at: iso(now - 3_000),
      },
    }),
    aLease(now, {
      id: 'f2',
      state: 'revoking',
      endReason: 'returned',
      endedAt: iso(now - 20_000),
      aliveUntil: iso(now + 35 * MINUTE),
      residual: 'Cookies of the console live up to 12 hours',
    }),
    aLease(now, {
      id: 'f3',
      state: 'revoked',
      endReason: 'failed',
      endedAt: iso(now - 10 * MINUTE),
      verifiedAt: iso(now - 9 * MINUTE),
      lastError: {
        class: 'misconfigured',
        message: 'The role orders_readonly does not exist',
        at: iso(now - 10 * MINUTE),
      },
    }),
  ];
}

export function endedLeases(): Lease[] {
  const now = Date.now();
  const over = {
    state: 'revoked' as const,
    endedAt: iso(now - 5 * MINUTE),
    verifiedAt: iso(now - 4.9 * MINUTE),
  };
  return [
    aLease(now, { ...over, id: 'e1', endReason: 'returned' }),
    aLease(now, { ...over, id: 'e2', endReason: 'expired', kept: 'shared' }),
    aLease(now, {
      ...over,
      id: 'e3',
      endReason: 'stopped',
      kept: 'held-before',
    }),
    aLease(now, {
      ...over,
      id: 'e4',
      state: 'denied',
      endReason: 'ineligible',
    }),
    aLease(now, { ...over, id: 'e5', state: 'lapsed', endReason: 'failed' }),
    aLease(now, {
      ...over,
      id: 'e6',
      state: 'withdrawn',
      endReason: 'returned',
    }),
  ];
}

export function fullLeases(): Lease[] {
  const now = Date.now();
  return Array.from({ length: 200 }, (_, index) => {
    const minutes = 2 + ((index * 7) % 90);
    const live = index < 70;
    const mine = index % 2 === 0;
    const changes: Partial<Lease> = {
      id: `full-${index}`,
      profileTitle:
        index % 3
          ? 'Orders database, read only'
          : 'Orders database, read and write',
      subject: mine ? NADIA : RAVI,
      requester: mine ? NADIA : RAVI,
      entityRef: index % 5 ? ORDERS_DB : 'component:default/orders-api',
    };
    return live
      ? aLease(now, { ...changes, expiresAt: iso(now + minutes * MINUTE) })
      : aLease(now - (index - 69) * 0.3 * DAY, {
          ...changes,
          state: 'revoked',
          endReason: index % 4 ? 'expired' : 'returned',
          endedAt: iso(now - (index - 69) * 0.3 * DAY),
          verifiedAt: iso(now - (index - 69) * 0.3 * DAY + 900),
        });
  });
}
