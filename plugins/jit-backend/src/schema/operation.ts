import { AuditedCall } from '../audit/AuditedCall';
import { array, instant, object, ref, Schema, text } from './shapes';

const ERRORS: Record<number, string> = {
  400: 'The request names a field that is wrong',
  401: 'No valid token',
  403: 'Refused, naming the rule',
  404: 'There is no such thing, or not for the caller',
  409: 'In conflict with the present state or a limit',
  429: 'Too often',
  503: 'The catalog, the ledger or the outside system does not answer',
};

const retryAfter: Schema = {
  'Retry-After': {
    description: 'In how many seconds it is worth asking again',
    schema: { type: 'integer' },
  },
};

/** The properties of an answer, besides `now`. */
interface Answer {
  required?: Record<string, Schema>;
  optional?: Record<string, Schema>;
}

/** Puts one operation of the document together. */
export function operation(options: {
  id: string;
  /** How the auditor is told of it. */
  audit: AuditedCall;
  summary: string;
  parameters?: Schema[];
  body?: Schema;
  /** False when the call can be made without a body. */
  bodyRequired?: boolean;
  /** By status. */
  answers: Record<number, Answer>;
}): Schema {
  const { id, audit, summary, parameters, body, answers } = options;
  return {
    operationId: id,
    'x-audit': audit,
    summary,
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: {
        required: options.bodyRequired ?? true,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          {
            description: 'Done',
            content: {
              'application/json': {
                schema: object({
                  required: { ...answer.required, now: instant },
                  optional: answer.optional,
                }),
              },
            },
          },
        ]),
      ),
      ...errorResponses(),
    },
  };
}

/** Of a call that can be made without a body, and takes nothing in one. */
export const noBody = { body: object({}), bodyRequired: false };

/** All things of a kind. */
export function listOf(name: string): Answer {
  return { required: { items: array(ref(name)) } };
}

/** Some things of a kind, and where those after them begin; with {@link cursorAndLimit}. */
export function pageOf(name: string): Answer {
  return { ...listOf(name), optional: { nextCursor: text } };
}

export function errorResponses(): Schema {
  return Object.fromEntries(
    Object.entries(ERRORS).map(([status, description]) => [
      status,
      {
        description,
        ...(status === '429' && { headers: retryAfter }),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    ]),
  );
}

export function pathParameter(name: string, description: string): Schema {
  return {
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  };
}

export function queryParameter(
  name: string,
  schema: Schema,
  description: string,
  required: boolean = false,
): Schema {
  // Entity refs are full of reserved characters, and clear enough without escapes.
  return {
    name,
    in: 'query',
    required,
    description,
    allowReserved: true,
    schema,
  };
}

export const idempotencyKey: Schema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes a repeated call safe for 24 hours: the same body gets the first answer, another body 409',
  schema: { type: 'string' },
};

export const cursorAndLimit: Schema[] = [
  queryParameter('cursor', { type: 'string' }, 'From the page before'),
  queryParameter(
    'limit',
    { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    'How many at the most',
  ),
];
