import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { NADIA, ORDERS_DB } from './aLease';

const MINUTE = 60_000;

export const TOMAS = 'user:default/tomas.varga';
export const INES = 'user:default/ines.calder';

/** Nadia asks to write for an hour; the owners have approved, security has not. Changed as wanted. */
export function aRequest(
  now: number,
  changes: Partial<AccessRequest> = {},
): AccessRequest {
  const at = (minutes: number) =>
    new Date(now + minutes * MINUTE).toISOString();
  const id = changes.id ?? '5c1e0f2a-7b3d-4a6c-9e8f-0a1b2c3d4e5f';
  return {
    id,
    state: 'pending',
    requester: NADIA,
    subject: NADIA,
    reason: 'OPS-123 fix order 9',
    requestedAt: at(-4),
    lapsesAt: at(476),
    revision: 1,
    leaseIds: [`lease-of-${id}`],
    asked: [
      {
        leaseId: `lease-of-${id}`,
        profileId: 'orders-db-write',
        profileTitle: 'Orders database, read and write',
        kind: 'access',
        entityRef: ORDERS_DB,
        parameters: { memberOf: ['orders_readwrite'], database: 'orders' },
        durationMs: 60 * MINUTE,
      },
    ],
    steps: [
      {
        rule: 'owners of the target',
        approvers: ['group:default/orders-team'],
        count: 1,
        state: 'done',
        openedAt: at(-4),
        decisions: [
          {
            by: TOMAS,
            decision: 'approve',
            at: at(-2),
            comment: 'I look over her shoulder',
          },
        ],
      },
      {
        rule: 'members of group:default/security',
        approvers: ['group:default/security'],
        count: 1,
        state: 'open',
        openedAt: at(-2),
        decisions: [],
      },
    ],
    ...changes,
  };
}
