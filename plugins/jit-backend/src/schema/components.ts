import {
  anyObject,
  array,
  described,
  flag,
  instant,
  integer,
  money,
  object,
  oneOf,
  ref,
  Schema,
  text,
} from './shapes';

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

export const REQUEST_STATES = [
  'pending',
  'approved',
  'denied',
  'withdrawn',
  'lapsed',
];

const kind = oneOf('access', 'infrastructure');

const offeredDuration = object({
  required: {
    defaultMs: integer,
    maximumMs: integer,
    choicesMs: array(integer),
  },
});

const offeredReason = object({
  required: { required: flag },
  optional: { example: text },
});

const offeredExtension = object({
  required: { maximumMs: integer, times: integer },
});

/** What answers are made of. */
export const components: Record<string, Schema> = {
  Error: {
    type: 'object',
    properties: { error: anyObject, request: anyObject, response: anyObject },
    required: ['error'],
    additionalProperties: true,
  },
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
  AccessRequest: object({
    required: {
      id: text,
      state: oneOf(...REQUEST_STATES),
      requester: text,
      subject: text,
      requestedAt: instant,
      steps: array(ref('ApprovalStep')),
      revision: described(integer, 'A decision names the one it saw'),
      leaseIds: array(text),
      asked: array(
        object({
          required: {
            leaseId: text,
            profileId: text,
            profileTitle: text,
            kind,
            parameters: anyObject,
            durationMs: integer,
          },
          optional: { entityRef: text, context: array(ref('ContextFinding')) },
        }),
      ),
    },
    optional: {
      reason: text,
      decidedAt: instant,
      startsAt: instant,
      lapsesAt: described(instant, 'If it is not decided until then'),
      changes: described(
        array(
          object({
            required: { profileId: text, field: text },
            optional: { before: text, after: text },
          }),
        ),
        'How the rules changed under it with this revision',
      ),
      breakGlass: described(flag, 'Approval and eligibility were skipped'),
      extends: described(
        object({
          required: {
            leaseId: text,
            durationMs: integer,
            from: instant,
            until: instant,
          },
        }),
        'It asks for a later end of a lease, or of its bundle, and for no new one',
      ),
      via: text,
    },
  }),
  ApprovalStep: object({
    required: {
      approvers: described(
        array(text),
        'Users and groups who can decide, by the last look',
      ),
      rule: text,
      count: integer,
      state: oneOf('done', 'open', 'waiting', 'skipped'),
      decisions: array(
        object({
          required: {
            by: text,
            decision: oneOf('approve', 'deny'),
            at: instant,
          },
          optional: { comment: text },
        }),
      ),
    },
    optional: {
      consent: described(
        flag,
        'Who receives it has to agree, and nobody else can: somebody else, or an agent, asked for it',
      ),
      openedAt: instant,
      escalatedAt: instant,
    },
  }),
  ExtensionPreview: object({
    required: {
      automatic: described(flag, 'Moved at once; else people decide'),
      expiresAt: instant,
    },
    optional: { approval: ref('PreviewedApproval'), refusal: text },
  }),
  PreviewedApproval: object({
    required: {
      steps: array(
        object({
          required: {
            rule: text,
            count: integer,
            approvers: array(text),
            people: described(array(text), 'Of a great many only the first'),
          },
        }),
      ),
      lapsesAfterMs: integer,
    },
  }),
  ProfileOffer: object({
    required: {
      profileId: text,
      title: text,
      provider: text,
      kind,
      duration: offeredDuration,
      reason: offeredReason,
      automatic: flag,
    },
    optional: {
      entityRef: described(
        text,
        'What it would be on; given while the catalog does not answer',
      ),
      description: text,
      extension: offeredExtension,
      idle: object({
        required: { afterMs: integer },
        optional: { warnMs: integer },
      }),
      protect: object({ required: { maximumMs: integer } }),
      keep: described(
        object({ required: { forMs: integer } }),
        'How long a closed last copy of it stays after its end',
      ),
      price: object({
        required: { perHour: money, currency: text },
        optional: { baselineMs: integer },
      }),
      budget: object({ required: { maximum: money } }),
      parameters: array(
        object({ required: { name: text }, optional: { choices: array({}) } }),
      ),
      approval: described(
        array(object({ required: { rule: text, count: integer } })),
        'Who decides when it is not granted at once',
      ),
      context: described(
        array(text),
        'The context sources that can grant it at once all the same',
      ),
      hours: described(
        object({ required: { timezone: text, windows: array(text) } }),
        'When it can be leased',
      ),
      breakGlass: described(
        object({ required: { reviewWithinMs: integer } }),
        'The caller may go in without approval, in an emergency',
      ),
      onBehalf: described(
        object({ required: { consent: flag } }),
        'The caller may ask for others',
      ),
      refusal: described(text, 'The rule that keeps the caller out'),
      closed: described(text, 'Why nobody can use it at the moment'),
      residual: text,
    },
  }),
  BundleOffer: object({
    required: {
      bundleId: text,
      title: text,
      duration: offeredDuration,
      reason: offeredReason,
      automatic: flag,
      parts: array(ref('ProfileOffer')),
    },
    optional: {
      description: text,
      extension: offeredExtension,
      refusal: described(text, 'The rule that keeps the caller out'),
      closed: described(text, 'Why nobody can use it at the moment'),
    },
  }),
  PreviewedLease: object({
    required: { profileId: text, durationMs: integer },
    optional: {
      refusal: text,
      residual: text,
      plan: array(text),
      context: array(ref('ContextFinding')),
    },
  }),
  ContextFinding: object({
    required: {
      source: described(text, 'Its name under jit.contextSources'),
      satisfied: described(flag, 'Grants it without a decision by a person'),
      why: text,
    },
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
  Stop: object({
    required: { id: text, why: text, actor: text, createdAt: instant },
    optional: {
      subject: text,
      profileId: text,
      connection: text,
      entityRef: text,
      liftedAt: instant,
      liftedBy: text,
    },
  }),
  ConnectionHealth: object({
    required: {
      connection: text,
      type: text,
      state: oneOf('ok', 'paused', 'down', 'missing', 'repointed', 'unhealthy'),
      leases: integer,
      stuck: integer,
    },
    optional: { message: text, pausedUntil: instant, held: text },
  }),
  Stats: object({
    required: {
      unfinished: { type: 'object', additionalProperties: integer },
      stuck: integer,
      queue: object({
        required: { due: integer },
        optional: { oldestDueAt: instant },
      }),
      breakGlass: object({
        required: {
          live: integer,
          undelivered: integer,
          unreviewed: integer,
          overdue: integer,
        },
      }),
      lastDay: object({
        required: { requested: integer, granted: integer, revoked: integer },
      }),
    },
  }),
};
