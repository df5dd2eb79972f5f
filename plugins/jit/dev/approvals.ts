import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { aRequest, INES, RAVI } from '../src/__testUtils__';

const MINUTE = 60_000;
const iso = (instant: number) => new Date(instant).toISOString();

/** What waits for a lead: two that are alike, one that went round again, a bundle, and one with much to say. */
export function waitingRequests(): AccessRequest[] {
  const now = Date.now();
  const usual = aRequest(now);
  const [write] = usual.asked ?? [];
  const requestedAt = (minutes: number) => iso(now - minutes * MINUTE);
  return [
    { ...usual, requester: RAVI, subject: RAVI, requestedAt: requestedAt(50) },
    {
      ...aRequest(now, { id: 'two' }),
      requester: INES,
      reason:
        '<b>OPS-124</b> the refunds of <script>alert(1)</script> are wrong\nsince the release of this morning, see the runbook',
      startsAt: iso(now + 90 * MINUTE),
      requestedAt: requestedAt(20),
    },
    {
      ...aRequest(now, { id: 'again' }),
      reason: undefined,
      requestedAt: requestedAt(12),
      revision: 2,
      asked: [
        {
          ...write,
          profileId: 'orders-admin',
          profileTitle: 'Administer orders',
        },
      ],
      changes: [
        {
          profileId: 'orders-admin',
          field: 'parameters.memberOf',
          before: '["orders_readwrite"]',
          after: '["orders_owner"]',
        },
        {
          profileId: 'orders-admin',
          field: 'extension',
          before: '{"times":2}',
        },
      ],
    },
    {
      ...aRequest(now, { id: 'bundle' }),
      requestedAt: requestedAt(3),
      asked: [
        {
          ...write,
          leaseId: 'b1',
          profileId: 'branch-db',
          profileTitle: 'Database for a branch',
          kind: 'infrastructure',
          parameters: { branch: 'spring-sale' },
          durationMs: 480 * MINUTE,
        },
        {
          ...write,
          leaseId: 'b2',
          profileId: 'branch-db-read',
          profileTitle: 'Read the database for a branch',
          parameters: { rows: 100 },
          durationMs: 480 * MINUTE,
        },
      ],
    },
  ];
}
