import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { z } from 'zod';
import { parseRoleArn } from '../role/roleArn';
import { sessionPolicyProblems } from '../session/sessionPolicy';

const MINUTE_S = 60;
const SHORTEST_S = 15 * MINUTE_S;
const LONGEST_S = 12 * 60 * MINUTE_S;
/** What every role allows, and the most that a role may ask for which is itself assumed. */
export const HOUR_S = 60 * MINUTE_S;

const UNITS: Record<string, number> = { m: MINUTE_S, h: HOUR_S };

/** `30m` or `2h` or `{ hours: 2 }`, in seconds. */
const seconds = z
  .union([
    z.string().regex(/^\d{1,4}[mh]$/, 'must be a duration such as 30m or 2h'),
    z.strictObject({
      hours: z.number().min(0).optional(),
      minutes: z.number().min(0).optional(),
    }),
  ])
  .transform(value =>
    typeof value === 'string'
      ? Number(value.slice(0, -1)) * UNITS[value.slice(-1)]
      : durationToMilliseconds(value as HumanDuration) / 1000,
  )
  .refine(
    value => value >= SHORTEST_S && value <= LONGEST_S,
    'must be between 15 minutes and 12 hours: STS makes no other keys',
  );

const tagText = (length: number) =>
  z
    .string()
    .max(length)
    .regex(
      /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
      'has characters that AWS does not take in tags',
    );

/** The parameters of a profile of provider `aws.sts`. */
export const stsParamsSchema = z
  .strictObject({
    /** Its whole ARN. */
    role: z
      .string()
      .refine(
        role => parseRoleArn(role) !== undefined,
        'must be the whole ARN of a role',
      ),
    /** What keys are narrowed down to: a policy document, or the same as JSON text. All that the role may when not given. */
    sessionPolicy: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .optional(),
    /** How long keys last, unless the lease ends before; an hour when not given. */
    keysFor: seconds.optional(),
    /** Session tags, besides our own. */
    tags: z.record(tagText(128).min(1), tagText(256)).optional(),
    /** Whether holders may assume other roles with the keys. Those live on after the lease. */
    mayAssumeRoles: z.boolean().optional(),
  })
  .superRefine(({ sessionPolicy, mayAssumeRoles }, ctx) => {
    for (const message of sessionPolicyProblems({
      sessionPolicy,
      mayAssumeRoles,
    })) {
      ctx.addIssue({ code: 'custom', path: ['sessionPolicy'], message });
    }
  })
  .superRefine(({ tags }, ctx) => {
    for (const key of Object.keys(tags ?? {})) {
      if (/^(aws:|jit:)/i.test(key)) {
        ctx.addIssue({
          code: 'custom',
          path: ['tags', key],
          message: 'cannot begin with aws: or jit:',
        });
      }
    }
    if (Object.keys(tags ?? {}).length > 40) {
      ctx.addIssue({
        code: 'custom',
        path: ['tags'],
        message: 'are more than 40',
      });
    }
  });

export type StsParams = z.infer<typeof stsParamsSchema>;
