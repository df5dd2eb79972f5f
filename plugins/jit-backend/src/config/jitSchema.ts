import { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { bundleSchema } from './bundleSchema';
import { engineSchema } from './engineSchema';
import {
  ChangeLimit,
  ConnectionConfig,
  ContextSourceConfig,
  DEFAULT_ACTIVITY_SETTINGS,
} from './JitConfig';
import { operators } from './peopleRules';
import { profileSchema } from './profileSchema';
import { duration, durationWithin, name, text, wholeNumber } from './scalars';
import { trustedLocations } from './targetsSchema';

const INSTALLATION = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

const SHORTEST_SECRET = 32;

const DAY_MS = 24 * 3_600_000;

const installation = z.string().refine(value => INSTALLATION.test(value), {
  message: 'must be 1 to 40 of a-z, 0-9 and dash, without a dash at either end',
});

const connection = z.looseObject({
  type: z.string(),
  concurrency: wholeNumber({ minimum: 1, maximum: 1_000 }).optional(),
});

const contextSource = z.looseObject({ type: z.string() });

const eventKey = z.strictObject({
  id: name,
  secret: z.string().refine(value => value.length >= SHORTEST_SECRET, {
    message: `must have at least ${SHORTEST_SECRET} characters`,
  }),
});

const changeLimit = z
  .strictObject({
    count: wholeNumber({ minimum: 0, maximum: 1_000_000 }).optional(),
    percent: wholeNumber({ minimum: 0, maximum: 100 }).optional(),
  })
  .transform(({ count = 5, percent = 5 }): ChangeLimit => ({ count, percent }));

/** All of `jit` but what goes over several of its parts. */
export const jitSchema = z.strictObject({
  installation,
  operators: operators.prefault([]),
  people: z
    .strictObject({
      trustedLocations: trustedLocations.optional(),
      managerAnnotation: text({ maximum: 300 }).optional(),
    })
    .prefault({}),
  connections: z
    .record(z.string(), connection)
    .transform(connections =>
      Object.entries(connections).map(
        ([
          connectionName,
          { type, concurrency = 8, ...settings },
        ]): ConnectionConfig => ({
          name: connectionName,
          type,
          concurrency,
          settings: settings as JsonObject,
        }),
      ),
    )
    .prefault({}),
  contextSources: z
    .record(z.string(), contextSource)
    .transform(sources =>
      Object.entries(sources).map(
        ([sourceName, { type, ...settings }]): ContextSourceConfig => ({
          name: sourceName,
          type,
          settings: settings as JsonObject,
        }),
      ),
    )
    .prefault({}),
  profiles: z.array(profileSchema).prefault([]),
  bundles: z.array(bundleSchema).prefault([]),
  events: z.strictObject({
    keys: z
      .array(eventKey)
      .refine(keys => keys.length > 0, { message: 'must hold a key' }),
  }),
  trail: z
    .strictObject({
      keep: durationWithin({
        minimum: 30 * DAY_MS,
        maximum: 100 * 366 * DAY_MS,
      }).optional(),
    })
    .transform(({ keep }) => ({ keepMs: keep }))
    .prefault({}),
  limits: z
    .strictObject({
      openRequestsPerPerson: wholeNumber({
        minimum: 1,
        maximum: 1_000_000,
      }).optional(),
    })
    .transform(({ openRequestsPerPerson = 50 }) => ({ openRequestsPerPerson }))
    .prefault({}),
  engine: engineSchema.prefault({}),
  activity: z
    .strictObject({ every: duration.optional() })
    .transform(({ every = DEFAULT_ACTIVITY_SETTINGS.everyMs }) => ({
      everyMs: every,
    }))
    .prefault({}),
  reconcile: z
    .strictObject({
      every: duration.optional(),
      infrastructureEvery: duration.optional(),
      orphans: z
        .strictObject({
          infrastructure: z.enum(['report', 'remove']).optional(),
        })
        .transform(({ infrastructure = 'report' as const }) => ({
          infrastructure,
        }))
        .prefault({}),
      atMost: changeLimit.prefault({}),
    })
    .transform(
      ({
        every = 15 * 60_000,
        infrastructureEvery = Math.min(every, 2 * 60_000),
        ...rest
      }) => ({
        everyMs: every,
        infrastructureEveryMs: infrastructureEvery,
        ...rest,
      }),
    )
    .prefault({}),
  recheck: z
    .strictObject({
      every: duration.optional(),
      atMost: changeLimit.prefault({}),
    })
    .transform(({ every = 10 * 60_000, ...rest }) => ({
      everyMs: every,
      ...rest,
    }))
    .prefault({}),
});
