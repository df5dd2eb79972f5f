import { LeaseKind } from '@backstage-jit/plugin-jit-common';
import { randomUUID } from 'node:crypto';
import { EntitlementRecord, Instant, LeaseRecord } from '../leases/records';

/** Stands where nobody is known any more. */
const NOBODY = 'system:unknown';

/** Something outside with our mark, as a list shows it. */
export interface Orphan {
  connection: string;
  provider: string;
  kind: LeaseKind;
  externalName: string;
  /** As the thing's mark has it. */
  leaseId: string;
  /** Of the system it is on. */
  identity: string;
}

/** The entitlement by which an orphan is taken back: nothing but its removal is left to do. */
export function orphanEntitlement(
  { connection, provider, externalName, identity }: Orphan,
  of: { id: string; shared: boolean },
): EntitlementRecord {
  return {
    ...of,
    connection,
    provider,
    externalName,
    heldBefore: false,
    attempted: true,
    identity,
    removal: 'revoke',
  };
}

/** The lease of an orphan that the ledger knows nothing of, on its way out. */
export function orphanLease(
  { connection, provider, kind, leaseId }: Orphan,
  now: Instant,
): LeaseRecord {
  return {
    id: leaseId,
    requestId: randomUUID(),
    entitlementId: leaseId,
    kind,
    state: 'revoking',
    version: 1,
    profileId: 'unknown',
    profileTitle: 'Found outside, unknown to the ledger',
    profileHash: 'unknown',
    provider,
    connection,
    parameters: {},
    requester: NOBODY,
    subject: NOBODY,
    durationMs: 0,
    grantWithinMs: 0,
    extensionsLeft: 0,
    maximumLifeMs: 0,
    requestedAt: now,
    startsAt: now,
    endedAt: now,
    endReason: 'orphaned',
    attempts: 0,
    nextActionAt: now,
    eventSequence: 0,
    eventHead: '',
  };
}
