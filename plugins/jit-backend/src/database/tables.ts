import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { EntitlementRecord, LeaseRecord } from '../leases/records';
import { RequestRecord } from '../requests/RequestRecord';
import { Columns } from './columns';

/** The names of the tables. */
export const TABLES = {
  meta: 'jit_meta',
  profiles: 'jit_profiles',
  connections: 'jit_connections',
  requests: 'jit_requests',
  entitlements: 'jit_entitlements',
  leases: 'jit_leases',
  events: 'jit_events',
  outbox: 'jit_outbox',
  idempotency: 'jit_idempotency',
  stops: 'jit_stops',
  locks: 'jit_locks',
} as const;

/** The states in which the engine still has something to do; as in the partial indexes. */
export const UNFINISHED = [
  'approved',
  'granting',
  'active',
  'revoking',
] as const;

export const leaseColumns: Columns<LeaseRecord> = {
  id: ['id', 'text'],
  requestId: ['request_id', 'text'],
  entitlementId: ['entitlement_id', 'text'],
  kind: ['kind', 'text'],
  state: ['state', 'text'],
  version: ['version', 'number'],
  profileId: ['profile_id', 'text'],
  profileTitle: ['profile_title', 'text'],
  profileHash: ['profile_hash', 'text'],
  provider: ['provider', 'text'],
  connection: ['connection', 'text'],
  parameters: ['parameters', 'json'],
  requester: ['requester', 'text'],
  subject: ['subject', 'text'],
  entityRef: ['entity_ref', 'text'],
  reason: ['reason', 'text'],
  via: ['via', 'text'],
  durationMs: ['duration_ms', 'number'],
  grantWithinMs: ['grant_within_ms', 'number'],
  extensionsLeft: ['extensions_left', 'number'],
  extensibleUntil: ['extensible_until', 'number'],
  maximumLifeMs: ['maximum_life_ms', 'number'],
  requestedAt: ['requested_at', 'number'],
  startsAt: ['starts_at', 'number'],
  grantDueAt: ['grant_due_at', 'number'],
  grantedAt: ['granted_at', 'number'],
  expiresAt: ['expires_at', 'number'],
  endedAt: ['ended_at', 'number'],
  verifiedAt: ['verified_at', 'number'],
  endReason: ['end_reason', 'text'],
  endWish: ['end_wish', 'json'],
  aliveUntil: ['alive_until', 'number'],
  residual: ['residual', 'text'],
  kept: ['kept', 'text'],
  handle: ['handle', 'json'],
  attempts: ['attempts', 'number'],
  retryAt: ['retry_at', 'number'],
  lastError: ['last_error', 'json'],
  blockers: ['blockers', 'json'],
  note: ['note', 'text'],
  nextActionAt: ['next_action_at', 'number'],
  stuckSince: ['stuck_since', 'number'],
  ineligibleSince: ['ineligible_since', 'number'],
  eventSequence: ['event_sequence', 'number'],
  eventHead: ['event_head', 'text'],
};

export const entitlementColumns: Columns<EntitlementRecord> = {
  id: ['id', 'text'],
  connection: ['connection', 'text'],
  provider: ['provider', 'text'],
  shared: ['shared', 'boolean'],
  externalName: ['external_name', 'text'],
  heldBefore: ['held_before', 'boolean'],
  attempted: ['attempted', 'boolean'],
  identity: ['identity', 'text'],
  call: ['call', 'json'],
  fenceUntil: ['fence_until', 'number'],
  removal: ['removal', 'text'],
  absentSince: ['absent_since', 'number'],
  outsideUntil: ['outside_until', 'number'],
};

export const eventColumns: Columns<LeaseEventRecord> = {
  leaseId: ['lease_id', 'text'],
  sequence: ['sequence', 'number'],
  at: ['at', 'number'],
  type: ['type', 'text'],
  actor: ['actor', 'text'],
  from: ['from_state', 'text'],
  to: ['to_state', 'text'],
  why: ['why', 'text'],
  data: ['data', 'json'],
  keyId: ['key_id', 'text'],
  hmac: ['hmac', 'text'],
};

export const requestColumns: Columns<RequestRecord> = {
  id: ['id', 'text'],
  state: ['state', 'text'],
  version: ['version', 'number'],
  kind: ['kind', 'text'],
  extendsLeaseId: ['extends_lease_id', 'text'],
  requester: ['requester', 'text'],
  subject: ['subject', 'text'],
  reason: ['reason', 'text'],
  via: ['via', 'text'],
  breakGlass: ['break_glass', 'boolean'],
  steps: ['steps', 'json'],
  revision: ['revision', 'number'],
  requestedAt: ['requested_at', 'number'],
  startsAt: ['starts_at', 'number'],
  lapsesAt: ['lapses_at', 'number'],
  decidedAt: ['decided_at', 'number'],
};
