import { changes, decides, looks } from '../../audit/AuditedCall';
import { LEASE_STATES } from '../components/leases';
import {
  cursorAndLimit,
  idempotencyKey,
  listOf,
  noBody,
  operation,
  pageOf,
  pathParameter,
  queryParameter,
} from '../operation';
import {
  array,
  described,
  duration,
  fewWords,
  flag,
  instant,
  object,
  oneOf,
  ref,
  Schema,
  text,
  words,
} from '../shapes';

const id = pathParameter('id', 'Of the lease');
const one = { required: { lease: ref('Lease') } };

export const leasePaths: Record<string, Schema> = {
  '/v1/leases': {
    get: operation({
      id: 'ListLeases',
      audit: looks('lease-list'),
      summary: 'Leases that the caller may see, the newest first',
      parameters: [
        queryParameter('state', array(oneOf(...LEASE_STATES)), 'Any of these'),
        queryParameter('kind', oneOf('access', 'infrastructure'), 'Of which'),
        queryParameter('entityRef', text, 'The target'),
        queryParameter('requester', text, 'An entity ref, or me'),
        queryParameter('subject', text, 'An entity ref, or me'),
        queryParameter('profileId', text, 'Of which profile'),
        queryParameter('connection', text, 'On which connection'),
        queryParameter('requestId', text, 'Of which request'),
        queryParameter('stuck', flag, 'Only those that need somebody, or not'),
        queryParameter(
          'reviewDue',
          { type: 'boolean', enum: [true] },
          'Only those that went in without approval and that nobody has reviewed',
        ),
        queryParameter('from', instant, 'Only those not over before this'),
        queryParameter('to', instant, 'Only those asked for before this'),
        ...cursorAndLimit,
      ],
      answers: {
        200: pageOf('Lease'),
      },
    }),
  },
  '/v1/leases/{id}': {
    get: operation({
      id: 'GetLease',
      audit: looks('lease-fetch'),
      summary: 'One lease',
      parameters: [id],
      answers: { 200: one },
    }),
  },
  '/v1/leases/{id}/events': {
    get: operation({
      id: 'ListLeaseEvents',
      audit: looks('lease-history'),
      summary: 'The history of a lease, the oldest first',
      parameters: [
        id,
        queryParameter(
          'after',
          { type: 'integer', minimum: 0, maximum: 2147483647 },
          'The last sequence that is known',
        ),
        queryParameter(
          'limit',
          { type: 'integer', minimum: 1, maximum: 1000, default: 500 },
          'How many at the most',
        ),
      ],
      answers: { 200: listOf('LeaseEvent') },
    }),
  },
  '/v1/leases/{id}/extend': {
    post: operation({
      id: 'ExtendLease',
      audit: changes('lease-extend', 'duration', 'dryRun'),
      summary:
        'Moves the end of an active lease, or asks people to approve a later one',
      parameters: [id, idempotencyKey],
      body: object({
        required: { duration },
        optional: {
          reason: described(
            fewWords,
            'For who decides; that of the lease when not given',
          ),
          dryRun: flag,
        },
      }),
      answers: {
        200: {
          required: one.required,
          optional: {
            request: described(
              ref('AccessRequest'),
              'Waits for approval: the end stays until then',
            ),
            preview: described(
              ref('ExtensionPreview'),
              'Of a dry run, which changes nothing',
            ),
          },
        },
      },
    }),
  },
  '/v1/leases/{id}/protect': {
    post: operation({
      id: 'ProtectLease',
      audit: changes('lease-protect', 'until', 'why'),
      summary:
        'Keeps an active lease until an instant, or lifts what keeps it: with null, or an instant that is over',
      parameters: [id, idempotencyKey],
      body: object({
        required: { until: { type: ['string', 'null'], format: 'date-time' } },
        optional: { why: fewWords },
      }),
      answers: { 200: one },
    }),
  },
  '/v1/leases/{id}/activity': {
    post: operation({
      id: 'ReportActivity',
      audit: { ...looks('lease-activity'), anonymous: true },
      summary:
        "Says that an active lease is in use. The bearer token is the lease's own, given out with its credentials; anything else is 404",
      parameters: [id],
      ...noBody,
      answers: { 200: {} },
    }),
  },
  '/v1/leases/{id}/end': {
    post: operation({
      id: 'EndLease',
      audit: changes('lease-end', 'why'),
      summary: 'Asks for the end of a lease',
      parameters: [id, idempotencyKey],
      body: object({ optional: { why: fewWords } }),
      bodyRequired: false,
      answers: { 200: one },
    }),
  },
  '/v1/leases/{id}/review': {
    post: operation({
      id: 'ReviewLease',
      summary:
        'Notes that somebody else has looked at what went in without approval',
      audit: decides('lease-review', 'comment'),
      parameters: [id, idempotencyKey],
      body: object({
        required: {
          comment: words,
        },
      }),
      answers: { 200: one },
    }),
  },
  '/v1/leases/{id}/retry': {
    post: operation({
      id: 'RetryLease',
      audit: decides('lease-retry'),
      summary: 'Operators: has the engine try again at once',
      parameters: [id, idempotencyKey],
      ...noBody,
      answers: { 200: one },
    }),
  },
  '/v1/leases/{id}/credentials': {
    post: operation({
      id: 'IssueCredentials',
      audit: decides('lease-credentials'),
      summary:
        'Makes fresh credentials for the subject. They are stored nowhere, so this call takes no Idempotency-Key',
      parameters: [id],
      ...noBody,
      answers: { 200: { required: { credentials: ref('Credentials') } } },
    }),
  },
  '/v1/environments': {
    get: operation({
      id: 'ListEnvironments',
      audit: looks('environment-list'),
      summary:
        'All infrastructure that lives, for the catalog itself and nobody else',
      answers: { 200: listOf('Environment') },
    }),
  },
  '/v1/presence': {
    get: operation({
      id: 'ListPresence',
      audit: looks('presence-fetch'),
      summary: 'Who is in on a target',
      parameters: [queryParameter('entityRef', text, 'The target', true)],
      answers: { 200: listOf('Presence') },
    }),
  },
};
