import {
  ADMIN,
  aLease,
  FakeWorld,
  ORDERS_DB,
  refused,
  WRITE,
} from '../src/__testUtils__';

const HOUR = 3_600_000;

/** What takes the catalog to be answered: whose approval, ownership or eligibility it is about. */
const BY_CATALOG = ['createRequest', 'listPresence', 'listRequests'];

/** The catalog does not answer: what is left is to break the glass, and what one has already. */
export function catalogAway(): Partial<FakeWorld> {
  const now = Date.now();
  const glass = {
    automatic: false,
    refusal: 'The catalog does not answer, so nobody is eligible',
    breakGlass: { reviewWithinMs: 24 * HOUR },
  };
  return {
    catalogAsOf: new Date(now - HOUR / 4).toISOString(),
    offers: [
      { ...WRITE, ...glass, entityRef: ORDERS_DB },
      { ...ADMIN, ...glass, entityRef: 'resource:default/invoices-db' },
    ],
    leases: [aLease(now)],
    before: async (call, [query]) => {
      const { reviewDue } = (query ?? {}) as { reviewDue?: boolean };
      if (BY_CATALOG.includes(call) || reviewDue) {
        throw await refused(503, 'The catalog does not answer');
      }
    },
  };
}
