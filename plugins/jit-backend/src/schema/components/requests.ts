import {
  anyObject,
  array,
  described,
  flag,
  instant,
  integer,
  kind,
  object,
  oneOf,
  ref,
  Schema,
  text,
} from '../shapes';

export const REQUEST_STATES = [
  'pending',
  'approved',
  'denied',
  'withdrawn',
  'lapsed',
];

/** Requests, and what would become of them. */
export const requestSchemas: Record<string, Schema> = {
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
};
