import { decides, looks } from '../../audit/AuditedCall';
import {
  errorResponses,
  idempotencyKey,
  listOf,
  noBody,
  operation,
  pathParameter,
  queryParameter,
} from '../operation';
import {
  described,
  flag,
  instant,
  integer,
  object,
  oneOf,
  ref,
  Schema,
  text,
  words,
} from '../shapes';

export const operationPaths: Record<string, Schema> = {
  '/v1/stop': {
    post: operation({
      id: 'Stop',
      audit: decides(
        'stop',
        'subject',
        'profileId',
        'connection',
        'entityRef',
        'why',
        'endLeases',
        'refuseNew',
      ),
      summary:
        'Operators: ends all leases of a subject, profile, connection or target, and refuses new ones until lifted',
      parameters: [idempotencyKey],
      body: object({
        required: { why: words },
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
      audit: looks('stop-list'),
      summary: 'Operators: the stops that are open, the newest first',
      answers: { 200: listOf('Stop') },
    }),
  },
  '/v1/stops/{id}/lift': {
    post: operation({
      id: 'LiftStop',
      audit: decides('stop-lift'),
      summary: 'Operators: allows again what a stop refused',
      parameters: [pathParameter('id', 'Of the stop'), idempotencyKey],
      ...noBody,
      answers: { 200: { required: { stop: ref('Stop') } } },
    }),
  },
  '/v1/providers': {
    get: operation({
      id: 'ListConnections',
      audit: looks('connection-list'),
      summary: 'Operators: how the connections to outside systems are',
      answers: { 200: listOf('ConnectionHealth') },
    }),
  },
  '/v1/providers/{connection}/allow-reconcile': {
    post: operation({
      id: 'AllowReconcile',
      audit: decides('reconcile-allow'),
      summary:
        'Operators: lets the next pass of reconcile do what the last one held back, after a restore for example',
      parameters: [
        pathParameter('connection', 'Its key under jit.connections'),
        idempotencyKey,
      ],
      ...noBody,
      answers: { 200: {} },
    }),
  },
  '/v1/stats': {
    get: operation({
      id: 'GetStats',
      audit: looks('stats-fetch'),
      summary: 'Operators: figures about the whole ledger',
      answers: { 200: { required: { stats: ref('Stats') } } },
    }),
  },
  '/v1/events/export': {
    get: {
      operationId: 'ExportEvents',
      'x-audit': decides('trail-export'),
      summary:
        'Operators: the trail in order of time. As lines of JSON, each event as it was signed, and the last line counts them; or as CSV for a spreadsheet',
      parameters: [
        queryParameter('from', instant, 'The first instant'),
        queryParameter('to', instant, 'The instant after the last'),
        queryParameter('format', oneOf('jsonl', 'csv'), 'jsonl when not given'),
      ],
      responses: {
        200: {
          description: 'The trail',
          content: {
            'application/x-ndjson': { schema: text },
            'text/csv': { schema: text },
          },
        },
        ...errorResponses(),
      },
    },
  },
};
