import {
  ContextAnswer,
  JitContextSource,
} from '@backstage-jit/plugin-jit-node';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { text } from '../config/scalars';
import { fetchJson, NothingFetchedError } from './fetchJson';
import { ticketUrl, ticketUrlProblem } from './ticketUrl';
import { valueAt } from './valueAt';

/** The named group of the reason's pattern that holds the id. */
const GROUP = 'ticket';

const settingsSchema = z.strictObject({
  url: text({ maximum: 1_000 }).superRefine((value, ctx) => {
    const problem = ticketUrlProblem(value);
    if (problem) {
      ctx.addIssue({ code: 'custom', message: problem });
    }
  }),
  headers: z
    .record(z.string(), z.string())
    .superRefine(checkHeaders)
    .optional(),
  ca: z.string().optional(),
  path: z.array(text({ maximum: 300 })).min(1),
  values: z
    .array(z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .min(1),
});

/**
 * Grants when a ticket is as it has to be: asked of its service over HTTPS, by the id that the reason names.
 */
export const ticketSource: JitContextSource<z.output<typeof settingsSchema>> = {
  type: 'ticket',
  settingsSchema,
  reasonGroups: [GROUP],
  async check({ reasonGroups }, { settings, signal }): Promise<ContextAnswer> {
    const { url: template, headers, ca, path, values } = settings;
    const id = reasonGroups[GROUP];
    const url = id && ticketUrl(template, id);
    if (!url) {
      return refused('The reason names no ticket');
    }
    try {
      const value = valueAt(
        await fetchJson(url, { headers, ca, signal }),
        path,
      );
      const found =
        ['string', 'number', 'boolean'].includes(typeof value) &&
        values.includes(String(value));
      return found
        ? { satisfied: true, why: `Ticket ${id} is ${value}` }
        : refused(`Ticket ${id} is not ${values.join(' or ')}`);
    } catch (error) {
      if (error instanceof NothingFetchedError) {
        return refused(
          `The service that knows of ticket ${id} ${error.message}`,
        );
      }
      throw error;
    }
  },
};

function refused(why: string): ContextAnswer {
  return { satisfied: false, why };
}

function checkHeaders(
  headers: Record<string, string>,
  ctx: z.RefinementCtx,
): void {
  for (const [key, value] of Object.entries(headers)) {
    try {
      validateHeaderName(key);
      validateHeaderValue(key, value);
    } catch {
      // Without the value, which may be a secret.
      ctx.addIssue({
        code: 'custom',
        path: [key],
        message: 'is not a header that can be sent',
      });
    }
  }
}
