import {
  anyObject,
  array,
  described,
  flag,
  instant,
  integer,
  kind,
  money,
  object,
  oneOf,
  Schema,
  text,
} from '../shapes';

export const LEASE_STATES = [
  'requested',
  'denied',
  'withdrawn',
  'lapsed',
  'approved',
  'granting',
  'active',
  'revoking',
  'revoked',
] as const;

/** Leases, and what is said about them. */
export const leaseSchemas: Record<string, Schema> = {
  Lease: object({
    required: {
      id: text,
      requestId: text,
      kind,
      state: oneOf(...LEASE_STATES),
      stuck: flag,
      profileId: text,
      profileTitle: text,
      profileHash: text,
      provider: text,
      connection: text,
      requester: text,
      subject: text,
      parameters: anyObject,
      durationMs: integer,
      requestedAt: instant,
      attempts: integer,
      extensionsLeft: integer,
      version: integer,
    },
    optional: {
      endReason: text,
      entityRef: text,
      reason: text,
      startsAt: instant,
      grantedAt: instant,
      expiresAt: instant,
      endedAt: instant,
      verifiedAt: described(
        instant,
        'When the outside thing was seen to be gone',
      ),
      verified: described(
        { const: false },
        'It was taken back, and nobody can look whether it is gone',
      ),
      aliveUntil: instant,
      residual: text,
      facts: described(
        { type: 'object', additionalProperties: text },
        'How to reach what was granted; never a secret',
      ),
      kept: oneOf('shared', 'held-before'),
      keptUntil: described(
        instant,
        'Until when a last copy, which nobody can get into, stays',
      ),
      restores: described(text, 'The lease whose last copy it takes over'),
      note: described(text, 'Progress, in the words of the provider'),
      endAskedFor: described(
        object({ required: { at: instant, by: text, reason: text } }),
        'Who asked for its end, and when: the engine makes it so',
      ),
      nextActionAt: instant,
      lastError: object({
        required: { class: text, message: text, at: instant },
      }),
      blockers: array(text),
      extensibleUntil: instant,
      extensibleByApprovalMs: described(
        integer,
        'How much later, at a time, people could approve its end to be',
      ),
      extensionAsked: described(
        object({
          required: { requestId: text, durationMs: integer, until: instant },
        }),
        'The later end that people decide about; until they have, it ends at expiresAt',
      ),
      idle: object({
        required: { afterMs: integer },
        optional: { warnMs: integer, endsAt: instant },
      }),
      lastActivityAt: instant,
      protectedUntil: instant,
      protectableUntil: instant,
      cost: object({
        required: { amount: money, perHour: money, currency: text },
        optional: {
          budget: money,
          endsAt: instant,
          saved: described(
            object({
              required: { reclaimed: money },
              optional: { avoided: money, baselineMs: integer },
            }),
            'Once it costs nothing any more; the two have no hour in common',
          ),
        },
      }),
      via: text,
      breakGlass: described(
        object({
          required: { reviewDueAt: instant },
          optional: {
            reviewedAt: instant,
            reviewedBy: text,
            undeliveredSince: described(
              instant,
              'Somebody is to be told of it, and was not within two minutes',
            ),
          },
        }),
        'Approval and eligibility were skipped',
      ),
      bundle: described(
        object({
          required: {
            id: text,
            title: text,
            part: integer,
            parts: integer,
            waiting: flag,
          },
        }),
        'Its place among those that are granted and end as one',
      ),
      origin: described(
        object({
          required: { type: text, id: text, settled: flag },
          optional: { unknownSince: instant },
        }),
        'What it was made for: when that fails, the lease ends',
      ),
    },
  }),
  LeaseEvent: object({
    required: {
      leaseId: text,
      sequence: integer,
      at: instant,
      type: text,
      actor: text,
    },
    optional: { from: text, to: text, why: text, data: anyObject },
  }),
  Presence: object({
    required: { subject: text, profileTitle: text },
    optional: {
      expiresAt: instant,
      breakGlass: described(flag, 'Went in without approval'),
    },
  }),
  Environment: object({
    required: {
      leaseId: text,
      title: text,
      profileId: text,
      provider: text,
      requester: text,
      grantedAt: instant,
    },
    optional: { entityRef: text, expiresAt: instant },
  }),
  Credentials: object({
    required: {
      forms: array(
        object({
          required: { id: text, title: text, value: text },
          optional: { language: text },
        }),
      ),
    },
    optional: { expiresAt: instant },
  }),
};
