import { LeaseEvent } from '@backstage-jit/plugin-jit-common';
import {
  ADMIN,
  aLease,
  aRequest,
  aWorld,
  CLOSED,
  DATABASE_AND_ACCESS,
  FakeWorld,
  NADIA,
  ORDERS_DB,
  RAVI,
  READ,
  refused,
  REPORTS,
  WRITE,
} from '../src/__testUtils__';
import { waitingRequests } from './approvals';
import {
  bundles,
  environments,
  lastCopies,
  pastEnvironments,
} from './environments';
import { byContext } from './context';
import { approvalOfWrite, brokenGlass } from './glass';
import { catalogAway } from './outage';
import {
  deniedSteps,
  endedLeases,
  failingLeases,
  fullLeases,
  stuckLease,
  twoSteps,
  undecidedSteps,
  undoneLeases,
  waitingLeases,
} from './leases';

const MINUTE = 60_000;
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
  nothing: () => world({}),
  waiting: () => world({ leases: waitingLeases(), steps: twoSteps() }),
  denied: () =>
    world({
      leases: undoneLeases(),
      steps: undecidedSteps(),
      requests: [
        aRequest(Date.now(), {
          id: 'd1',
          state: 'denied',
          lapsesAt: undefined,
          steps: deniedSteps(),
        }),
      ],
    }),
  approvals: () =>
    world({
      leases: [
        aLease(Date.now()),
        ...fullLeases().filter(({ state }) => state === 'revoked'),
      ],
      requests: waitingRequests(),
    }),
  // What the reader decides about has changed since they looked.
  outrun: () => ({
    ...world({ requests: waitingRequests().slice(0, 1) }),
    before: refuseAll,
  }),
  failing: () => world({ leases: failingLeases() }),
  stuck: () => world({ leases: [stuckLease(), ...fullLeases().slice(0, 12)] }),
  environments: () =>
    world({ leases: [...environments(), ...pastEnvironments()] }),
  copies: () => world({ leases: lastCopies() }),
  bundles: () => world({ leases: bundles(), bundles: [DATABASE_AND_ACCESS] }),
  ended: () => world({ leases: endedLeases() }),
  glass: () => world(brokenGlass()),
  decided: () =>
    world({ ...brokenGlass(), leases: [], preview: approvalOfWrite }),
  context: () => world(byContext()),
  outage: () => world(catalogAway()),
  'outage-first': () => world({ ...catalogAway(), leases: [] }),
  soon: () =>
    world({
      leases: [
        aLease(Date.now(), {
          expiresAt: iso(Date.now() + 4.2 * MINUTE),
          extensionsLeft: 0,
          extensibleByApprovalMs: 60 * MINUTE,
        }),
      ],
      steps: undecidedSteps(),
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
  // The portal knows who reads, and nothing else.
  away: () => ({
    ...world({}),
    before: async call => {
      if (call !== 'getMe') {
        throw await refused(503, 'The ledger does not answer');
      }
    },
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
    before: refuseAll,
  }),
  limited: () => ({ ...world({}), before: refuseAll }),
};

async function refuseAll(call: string) {
  if (call === 'createRequest') {
    throw await refused(
      409,
      'orders-db-read allows one lease per person at a time (limits.perSubject)',
    );
  }
  if (call === 'decideRequest') {
    throw await refused(
      409,
      'Request 5c1e0f2a has changed: it is at revision 2',
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
}

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
