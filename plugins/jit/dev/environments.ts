import { Lease } from '@backstage-jit/plugin-jit-common';
import { aLease, NADIA, RAVI } from '../src/__testUtils__';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const iso = (instant: number) => new Date(instant).toISOString();

/** Infrastructure that is gone, over more than a month, with what it cost and saved. */
export function pastEnvironments(): Lease[] {
  const now = Date.now();
  return Array.from({ length: 32 }, (_, index) => {
    const begin = now - (1 + index * 1.1) * DAY;
    const lifeMs = ((index * 5) % 13) * HOUR + 25 * MINUTE;
    const early = index % 3 === 0;
    const clockMs = early ? lifeMs + 3 * HOUR : lifeMs;
    return aLease(now, {
      id: `past-environment-${index}`,
      kind: 'infrastructure',
      provider: 'postgres.database',
      profileId: 'branch-db',
      profileTitle:
        index % 4 ? 'Database for a branch' : 'Database of a demonstration',
      subject: index % 2 ? NADIA : RAVI,
      state: 'revoked',
      endReason: early ? 'returned' : 'expired',
      durationMs: clockMs,
      requestedAt: iso(begin),
      grantedAt: iso(begin),
      expiresAt: iso(begin + clockMs),
      endedAt: iso(begin + lifeMs),
      verifiedAt: iso(begin + lifeMs),
      cost: {
        amount: ((lifeMs / HOUR) * 0.12).toFixed(2),
        perHour: '0.12',
        currency: 'EUR',
        saved: {
          reclaimed: early ? '0.36' : '0.00',
          avoided: (((7 * DAY - clockMs) / HOUR) * 0.12).toFixed(2),
          baselineMs: 7 * DAY,
        },
      },
    });
  });
}

/** One that is closed, with its last copy, and one that was restored from another's. */
export function lastCopies(): Lease[] {
  const now = Date.now();
  const [database] = environments();
  const cost = { amount: '0.24', perHour: '0.12', currency: 'EUR' };
  return [
    {
      ...database,
      id: 'copy',
      state: 'revoking',
      endReason: 'expired',
      endedAt: iso(now - HOUR),
      expiresAt: iso(now - HOUR),
      keptUntil: iso(now + 23 * HOUR),
      reason: 'Branch spring-sale',
      durationMs: 2 * HOUR,
      note: undefined,
      idle: undefined,
      cost,
    },
    { ...database, id: 'restored', restores: 'copy-before', cost },
  ];
}

/** A bundle that lives, one whose second part waits for the first, and one that is gone. */
export function bundles(): Lease[] {
  const now = Date.now();
  const part = (
    id: string,
    place: number,
    changes: Partial<Lease>,
    waiting = false,
  ) =>
    aLease(now, {
      id: `${id}-${place}`,
      requestId: id,
      bundle: {
        id: 'database-and-access',
        title: 'Database and access to it',
        part: place,
        parts: 2,
        waiting,
      },
      ...changes,
    });
  const [database] = environments();
  const { facts, cost, parameters } = database;
  const made = {
    kind: 'infrastructure' as const,
    provider: 'postgres.database',
    profileId: 'branch-db',
    profileTitle: 'Database for a branch',
    protectableUntil: iso(now + 3 * DAY),
    parameters,
  };
  const early = { grantedAt: undefined, expiresAt: undefined };
  const over = {
    state: 'revoked' as const,
    endReason: 'returned' as const,
    endedAt: iso(now - 9 * MINUTE),
    verifiedAt: iso(now - 8.9 * MINUTE),
  };
  return [
    part('bundle-live', 1, { ...made, facts, cost }),
    part('bundle-live', 2, {}),
    part('bundle-made', 1, {
      ...made,
      ...early,
      state: 'granting',
      note: 'Cloned 3 of 7 GB from orders_template',
    }),
    part('bundle-made', 2, { ...early, state: 'approved' }, true),
    part('bundle-gone', 2, over),
    part('bundle-gone', 1, { ...made, ...over }),
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
