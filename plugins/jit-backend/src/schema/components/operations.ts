import { instant, integer, object, oneOf, Schema, text } from '../shapes';

/** What operators see. */
export const operationSchemas: Record<string, Schema> = {
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
