import { Lease, LeaseEvent } from '@backstage-jit/plugin-jit-common';
import {
  ADMIN,
  aLease,
  aWorld,
  CLOSED,
  FakeWorld,
  NADIA,
  ORDERS_DB,
  RAVI,
  READ,
  refused,
  REPORTS,
  WRITE,
} from '../src/__testUtils__';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const iso = (instant: number) => new Date(instant).toISOString();

const LONG =
  'Very long name of a thing that somebody thought should say it all '
    .repeat(4)
    .slice(0, 200);

/** What the harness can show, chosen by `?scenario=` when the page is opened. */
export const scenarios: Record<string, () => FakeWorld> = {
  full: () => world({ leases: fullLeases() }),
  empty: () => aWorld({ offers: [] }),
  usual: () =>
    world({
      leases: [
        aLease(Date.now()),
        aLease(Date.now(), {
          id: 'past',
          state: 'revoked',
          endReason: 'returned',
          endedAt: iso(Date.now() - 31 * MINUTE),
          verifiedAt: iso(Date.now() - 30.9 * MINUTE),
        }),
      ],
    }),
  waiting: () => world({ leases: waitingLeases(), steps: twoSteps() }),
  failing: () => world({ leases: failingLeases() }),
  stuck: () => world({ leases: [stuckLease(), ...fullLeases().slice(0, 12)] }),
  ended: () => world({ leases: endedLeases() }),
  soon: () =>
    world({
      leases: [
        aLease(Date.now(), { expiresAt: iso(Date.now() + 4.2 * MINUTE) }),
      ],
    }),
  long: () => ({
    ...world({
      leases: [
        aLease(Date.now(), {
          profileTitle: LONG,
          subject: NADIA,
          reason: LONG,
          entityRef: `resource:default/${'x'.repeat(180)}`,
        }),
        aLease(Date.now(), {
          id: 'long-2',
          profileTitle: 'y'.repeat(200),
          entityRef: ORDERS_DB,
        }),
      ],
    }),
    offers: [
      { ...READ, title: LONG, description: LONG },
      { ...WRITE, title: 'z'.repeat(200) },
    ],
  }),
  down: () => ({
    ...world({}),
    before: async () => {
      throw new TypeError('Failed to fetch');
    },
  }),
  slow: () => ({
    ...world({}),
    before: () => new Promise(resolve => setTimeout(resolve, 10_000)),
  }),
  expired: () => ({ ...world({}), before: failWith(401, 'Invalid token') }),
  nobody: () => ({
    ...aWorld(),
    before: async call => {
      if (call === 'listOffers') {
        throw await refused(403, `${NADIA} is not a User of the catalog`);
      }
    },
  }),
  refusing: () => ({
    ...world({ leases: [aLease(Date.now())] }),
    before: async call => {
      if (call === 'createRequest') {
        throw await refused(
          409,
          'orders-db-read allows one lease per person at a time (limits.perSubject)',
        );
      }
      if (call === 'issueCredentials') {
        throw await refused(
          429,
          'Credentials of this lease were asked for more than 5 times in a minute',
          { 'retry-after': '40' },
        );
      }
      if (call === 'endLease') {
        throw await refused(503, 'The ledger does not answer');
      }
    },
  }),
};

function failWith(status: number, message: string) {
  return async () => {
    throw await refused(status, message);
  };
}

function world(changes: Partial<FakeWorld>): FakeWorld {
  const now = Date.now();
  return aWorld({
    offers: [READ, WRITE, REPORTS, ADMIN, CLOSED],
    events: events(now),
    connections: [
      {
        connection: 'orders',
        type: 'postgres',
        state: 'ok',
        leases: 12,
        stuck: 0,
      },
      {
        connection: 'reports',
        type: 'postgres',
        state: 'down',
        message: 'Connection refused at reports.example.com:5432',
        leases: 2,
        stuck: 1,
      },
      {
        connection: 'aws',
        type: 'aws',
        state: 'paused',
        pausedUntil: iso(now + 2 * MINUTE),
        leases: 3,
        stuck: 0,
      },
    ],
    presence: [
      {
        subject: RAVI,
        profileTitle: 'Orders database, read and write',
        expiresAt: iso(now + 8 * MINUTE),
      },
      {
        subject: NADIA,
        profileTitle: 'Orders database, read only',
        expiresAt: iso(now + 24 * MINUTE),
      },
    ],
    credentials: {
      expiresAt: iso(now + 24 * MINUTE),
      forms: [
        {
          id: 'psql',
          title: 'psql',
          language: 'shell',
          value:
            "PGPASSWORD='fixture-not-a-secret' psql 'postgresql://jit_7f3a0c1e@db.example.com:5432/orders?sslmode=verify-full'",
        },
        {
          id: 'url',
          title: 'Connection URL',
          value:
            'postgresql://jit_7f3a0c1e:fixture-not-a-secret@db.example.com:5432/orders',
        },
        {
          id: 'env',
          title: 'Environment variables',
          language: 'shell',
          value:
            "export PGHOST='db.example.com'\nexport PGPORT='5432'\nexport PGUSER='jit_7f3a0c1e'\nexport PGPASSWORD='fixture-not-a-secret'\nexport PGDATABASE='orders'",
        },
      ],
    },
    ...changes,
  });
}

function events(now: number): LeaseEvent[] {
  const event = (
    sequence: number,
    minutes: number,
    rest: Partial<LeaseEvent> & { type: string },
  ): LeaseEvent => ({
    leaseId: '',
    sequence,
    at: iso(now + minutes * MINUTE),
    actor: 'system:engine',
    ...rest,
  });
  return [
    event(1, -6.2, {
      type: 'lease.requested',
      actor: NADIA,
      to: 'requested',
      why: 'OPS-123 fix order 9',
    }),
    event(2, -6.2, {
      type: 'lease.approved',
      actor: 'system:policy',
      from: 'requested',
      to: 'approved',
      why: 'member of group:default/orders-team, granted at once to everybody eligible',
    }),
    event(3, -6.1, {
      type: 'lease.granting',
      from: 'approved',
      to: 'granting',
    }),
    event(4, -6.1, {
      type: 'entitlement.looked-up',
      data: { heldBefore: false },
    }),
    event(5, -6.05, {
      type: 'attempt.failed',
      why: 'The connection was refused',
      data: { class: 'connection', attempts: 1 },
    }),
    event(6, -6, { type: 'lease.active', from: 'granting', to: 'active' }),
    event(7, -5, { type: 'credentials.issued', actor: NADIA }),
    event(8, -2, {
      type: 'lease.extended',
      actor: NADIA,
      data: { from: iso(now + 10 * MINUTE), to: iso(now + 24 * MINUTE) },
    }),
  ];
}

function stuckLease(): Lease {
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

function twoSteps(): FakeWorld['steps'] {
  return [
    {
      approvers: ['group:default/security', 'user:default/ines.calder'],
      count: 2,
      decisions: [{ by: RAVI, decision: 'approve', at: iso(Date.now()) }],
    },
  ];
}

function waitingLeases(): Lease[] {
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

function failingLeases(): Lease[] {
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

function endedLeases(): Lease[] {
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

function fullLeases(): Lease[] {
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
