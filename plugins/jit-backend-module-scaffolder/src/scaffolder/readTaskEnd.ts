import { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { TaskEnd } from './Scaffolder';

const eventsSchema = z.array(
  z.object({
    type: z.string(),
    body: z.object({
      output: z.record(z.string(), z.unknown()).nullish(),
      status: z.string().nullish(),
      stepId: z.string().nullish(),
    }),
  }),
);

/** How a task ended, from its events. What its actions say is theirs, and not repeated. */
export function readTaskEnd(events: unknown): TaskEnd {
  const all = eventsSchema.parse(events);
  const end = all.findLast(({ type }) => type === 'completion');
  const failed = all.findLast(({ body }) => body.status === 'failed');
  return {
    output: (end?.body.output ?? {}) as JsonObject,
    failedStep: failed?.body.stepId ?? undefined,
  };
}
