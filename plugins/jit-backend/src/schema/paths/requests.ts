import { changes, decides, looks } from '../../audit/AuditedCall';
import { REQUEST_STATES } from '../components/requests';
import {
  cursorAndLimit,
  idempotencyKey,
  noBody,
  operation,
  pageOf,
  pathParameter,
  queryParameter,
} from '../operation';
import {
  anyObject,
  array,
  described,
  duration,
  fewWords,
  flag,
  instant,
  integer,
  object,
  oneOf,
  ref,
  Schema,
  text,
} from '../shapes';

const id = pathParameter('id', 'Of the request');
const view = {
  required: { request: ref('AccessRequest'), leases: array(ref('Lease')) },
};

const createBody = object({
  required: {
    leases: array(
      object({
        required: { profileId: text },
        optional: {
          entityRef: text,
          duration,
          parameters: anyObject,
          restores: described(text, 'The lease whose last copy is taken over'),
        },
      }),
      { minItems: 1, maxItems: 20 },
    ),
  },
  optional: {
    bundleId: described(text, 'The leases are its parts, in their order'),
    subject: described(text, 'The caller when not given'),
    reason: text,
    startsAt: instant,
    origin: described(
      object({
        required: {
          type: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
          id: { type: 'string', pattern: '^[!-~]{1,200}$' },
        },
      }),
      'What the leases are made for: only a service names it, on behalf of a person',
    ),
    breakGlass: described(
      flag,
      'Skips approval and eligibility, in an emergency: for oneself, at once, with a reason',
    ),
    dryRun: described(flag, 'Only says what would happen'),
  },
});

export const requestPaths: Record<string, Schema> = {
  '/v1/profiles': {
    get: operation({
      id: 'ListOffers',
      audit: looks('profile-fetch'),
      summary:
        'What the caller could lease on an entity, or without one, alone or as a bundle',
      parameters: [queryParameter('entityRef', text, 'The target')],
      answers: {
        200: {
          required: {
            items: array(ref('ProfileOffer')),
            bundles: array(ref('BundleOffer')),
          },
          optional: {
            catalogAsOf: described(
              instant,
              'Set while the catalog does not answer: when it last did. All that is offered then is to break the glass, by who was in the groups',
            ),
          },
        },
      },
    }),
  },
  '/v1/requests': {
    get: operation({
      id: 'ListRequests',
      audit: looks('request-list'),
      summary: 'Requests that the caller may see, the newest first',
      parameters: [
        queryParameter(
          'state',
          array(oneOf(...REQUEST_STATES)),
          'Any of these',
        ),
        queryParameter('requester', text, 'An entity ref, or me'),
        queryParameter('subject', text, 'An entity ref, or me'),
        queryParameter(
          'waitingFor',
          oneOf('me'),
          'Those that the caller can decide about now',
        ),
        ...cursorAndLimit,
      ],
      answers: {
        200: pageOf('AccessRequest'),
      },
    }),
    post: operation({
      id: 'CreateRequest',
      audit: changes(
        'request-create',
        'bundleId',
        'subject',
        'breakGlass',
        'dryRun',
      ),
      summary: 'Asks for leases',
      parameters: [idempotencyKey],
      body: createBody,
      answers: {
        200: {
          required: { automatic: flag, leases: array(ref('PreviewedLease')) },
          optional: {
            approval: ref('PreviewedApproval'),
            breakGlass: described(
              object({ required: { told: array(text) } }),
              'The users and groups who are told besides the operators',
            ),
          },
        },
        201: view,
      },
    }),
  },
  '/v1/requests/{id}': {
    get: operation({
      id: 'GetRequest',
      audit: looks('request-fetch'),
      summary: 'One request with its leases',
      parameters: [id],
      answers: { 200: view },
    }),
  },
  '/v1/requests/{id}/decisions': {
    post: operation({
      id: 'DecideRequest',
      audit: decides('request-decide', 'decision', 'revision'),
      summary: 'Approves or denies what waits for a decision',
      parameters: [id, idempotencyKey],
      body: object({
        required: { decision: oneOf('approve', 'deny'), revision: integer },
        optional: {
          comment: fewWords,
          duration: described(duration, 'Shorter than what was asked for'),
          startsAt: described(instant, 'Later than what was asked for'),
        },
      }),
      answers: { 200: view },
    }),
  },
  '/v1/requests/{id}/withdraw': {
    post: operation({
      id: 'WithdrawRequest',
      audit: changes('request-withdraw'),
      summary: 'Takes a request back before anything of it was granted',
      parameters: [id, idempotencyKey],
      ...noBody,
      answers: { 200: view },
    }),
  },
};
