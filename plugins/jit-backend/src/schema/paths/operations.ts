import {
  errorResponses,
  idempotencyKey,
  operation,
  pathParameter,
  queryParameter,
} from '../operation';
import {
  array,
  described,
  flag,
  instant,
  integer,
  object,
  ref,
  Schema,
  text,
} from '../shapes';

export const operationPaths: Record<string, Schema> = {
  '/v1/stop': {
    post: operation({
      id: 'Stop',
      summary:
        'Operators: ends all leases of a subject, profile, connection or target, and refuses new ones until lifted',
      parameters: [idempotencyKey],
      body: object({
        required: { why: { type: 'string', minLength: 1, maxLength: 1000 } },
        optional: {
          subject: text,
          profileId: text,
          connection: text,
          entityRef: text,
          endLeases: described(flag, 'True when not given'),
          refuseNew: described(flag, 'True when not given'),
        },
      }),
      answers: {
        200: { required: { ended: integer }, optional: { stop: ref('Stop') } },
      },
    }),
  },
  '/v1/stops': {
    get: operation({
      id: 'ListStops',
      summary: 'Operators: the stops that are open, the newest first',
      answers: { 200: { required: { items: array(ref('Stop')) } } },
    }),
  },
  '/v1/stops/{id}/lift': {
    post: operation({
      id: 'LiftStop',
      summary: 'Operators: allows again what a stop refused',
      parameters: [pathParameter('id', 'Of the stop'), idempotencyKey],
      body: object({}),
      bodyRequired: false,
      answers: { 200: { required: { stop: ref('Stop') } } },
    }),
  },
  '/v1/providers': {
    get: operation({
      id: 'ListConnections',
      summary: 'Operators: how the connections to outside systems are',
      answers: { 200: { required: { items: array(ref('ConnectionHealth')) } } },
    }),
  },
  '/v1/providers/{connection}/allow-reconcile': {
    post: operation({
      id: 'AllowReconcile',
      summary:
        'Operators: lets the next pass of reconcile do what the last one held back, after a restore for example',
      parameters: [
        pathParameter('connection', 'Its key under jit.connections'),
        idempotencyKey,
      ],
      body: object({}),
      bodyRequired: false,
      answers: { 200: {} },
    }),
  },
  '/v1/stats': {
    get: operation({
      id: 'GetStats',
      summary: 'Operators: figures about the whole ledger',
      answers: { 200: { required: { stats: ref('Stats') } } },
    }),
  },
  '/v1/events/export': {
    get: {
      operationId: 'ExportEvents',
      summary:
        'Operators: the trail in order of time, one event a line as it was signed; the last line counts them',
      parameters: [
        queryParameter('from', instant, 'The first instant'),
        queryParameter('to', instant, 'The instant after the last'),
      ],
      responses: {
        200: {
          description: 'The trail',
          content: { 'application/x-ndjson': { schema: text } },
        },
        ...errorResponses(),
      },
    },
  },
};
