import { Lease } from '@backstage-jit/plugin-jit-common';

export const NADIA = 'user:default/nadia.osei';
export const RAVI = 'user:default/ravi.lindqvist';
export const ORDERS_DB = 'resource:default/orders-db';

const MINUTE = 60_000;

/** An active lease of Nadia's with 24 of its 30 minutes left, at an instant, changed as wanted. */
export function aLease(now: number, changes: Partial<Lease> = {}): Lease {
  const at = (minutes: number) =>
    new Date(now + minutes * MINUTE).toISOString();
  return {
    id: '7f3a0c1e-2b5d-4e8f-9a6b-1c2d3e4f5a6b',
    requestId: 'b1d0a2c4-3e5f-4a7b-8c9d-0e1f2a3b4c5d',
    kind: 'access',
    state: 'active',
    stuck: false,
    profileId: 'orders-db-read',
    profileTitle: 'Orders database, read only',
    profileHash: 'c0ffee',
    provider: 'postgres.role',
    connection: 'orders',
    entityRef: ORDERS_DB,
    requester: NADIA,
    subject: NADIA,
    parameters: { memberOf: ['orders_readonly'] },
    durationMs: 30 * MINUTE,
    requestedAt: at(-6.2),
    startsAt: at(-6.2),
    grantedAt: at(-6),
    expiresAt: at(24),
    attempts: 0,
    extensionsLeft: 2,
    extensibleUntil: at(84),
    version: 4,
    ...changes,
  };
}
