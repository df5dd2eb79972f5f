import { Draft } from '../Draft';
import { EntitlementView, LeaseRecord } from '../records';

/** A moment that tests count from. */
export const BEGIN = Date.UTC(2030, 0, 1);

/** A lease on a thing of its own, active since {@link BEGIN}. */
export function activeLease(given?: Partial<LeaseRecord>): LeaseRecord {
  return {
    id: 'lease',
    requestId: 'request',
    entitlementId: 'lease',
    kind: 'infrastructure',
    state: 'active',
    version: 1,
    profileId: 'profile',
    profileTitle: 'Profile',
    profileHash: 'hash',
    provider: 'fake.thing',
    connection: 'main',
    parameters: {},
    requester: 'user:default/ada',
    subject: 'user:default/ada',
    durationMs: 3_600_000,
    grantWithinMs: 60_000,
    extensionsLeft: 0,
    maximumLifeMs: 3_600_000,
    requestedAt: BEGIN,
    startsAt: BEGIN,
    grantedAt: BEGIN,
    expiresAt: BEGIN + 1_000 * 3_600_000,
    attempts: 0,
    eventSequence: 0,
    eventHead: '',
    ...given,
  };
}

/** What is decided about it is written there. */
export function draftOf(lease: LeaseRecord): Draft {
  const view: EntitlementView = {
    entitlement: {
      id: lease.entitlementId,
      connection: lease.connection,
      provider: lease.provider,
      shared: false,
      externalName: 'jit_lease',
      attempted: true,
    },
    leases: [lease],
  };
  return new Draft(view, 'system:engine');
}
