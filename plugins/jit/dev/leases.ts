import { Lease } from '@backstage-jit/plugin-jit-common';
import {
  aLease,
  FakeWorld,
  NADIA,
  ORDERS_DB,
  RAVI,
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
  return [
    {
      approvers: ['group:default/security', 'user:default/ines.calder'],
      count: 2,
      decisions: [{ by: RAVI, decision: 'approve', at: iso(Date.now()) }],
    },
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

/** Infrastructure in each state that a card can have. */
export function environments(): Lease[] {
  const now = Date.now();
  const base: Partial<Lease> = {
    kind: 'infrastructure',
    provider: 'postgres.database',
    profileId: 'branch-db',
    profileTitle: 'Database for a branch',
    parameters: { branch: 'fix-order-9' },
    durationMs: 8 * 60 * MINUTE,
    grantedAt: iso(now - 175 * MINUTE),
    expiresAt: iso(now + 305 * MINUTE),
    facts: {
      host: 'db.example.com',
      port: '5432',
      database: 'jit_fix_order_9_7f3a0c1e',
      console: 'https://db.example.com/jit_fix_order_9_7f3a0c1e',
    },
    cost: {
      amount: '0.35',
      perHour: '0.12',
      currency: 'EUR',
      budget: '2.00',
      endsAt: iso(now + 13 * 60 * MINUTE),
    },
    idle: {
      afterMs: 20 * MINUTE,
      warnMs: 5 * MINUTE,
      endsAt: iso(now + 16 * MINUTE),
    },
    lastActivityAt: iso(now - 4 * MINUTE),
    protectableUntil: iso(now + 3 * DAY),
  };
  return [
    aLease(now, { ...base, id: 'env-live' }),
    aLease(now, {
      ...base,
      id: 'env-idle',
      profileTitle: 'Database of a demonstration',
      lastActivityAt: iso(now - 17 * MINUTE),
      idle: {
        afterMs: 20 * MINUTE,
        warnMs: 5 * MINUTE,
        endsAt: iso(now + 3 * MINUTE),
      },
    }),
    aLease(now, {
      ...base,
      id: 'env-protected',
      subject: RAVI,
      requester: RAVI,
      protectedUntil: iso(now + 2 * DAY),
      origin: { type: 'scaffolder-task', id: 'task', settled: false },
      lastActivityAt: iso(now - 10_000),
    }),
    aLease(now, {
      ...base,
      id: 'env-made',
      state: 'granting',
      grantedAt: undefined,
      expiresAt: undefined,
      facts: undefined,
      cost: undefined,
      idle: undefined,
      note: 'Cloned 3 of 7 GB from orders_template',
      nextActionAt: iso(now + 9_000),
    }),
    aLease(now, {
      ...base,
      id: 'env-torn-down',
      state: 'revoking',
      endReason: 'idle',
      endedAt: iso(now - 40_000),
      facts: undefined,
      note: 'No new connections; 2 sessions are being ended',
      blockers: ['a prepared transaction in jit_fix_order_9_7f3a0c1e'],
      nextActionAt: iso(now + 8_000),
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
