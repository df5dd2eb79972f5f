import { z } from 'zod';
import { ApprovalRules, ApprovalStep } from '../policy/Profile';
import { someApprovers, someAutoRules } from './peopleRules';
import { duration, wholeNumber } from './scalars';

const DEFAULT_EXPIRES_MS = 24 * 3_600_000;
const MOST_STEPS = 10;

const step = z
  .strictObject({
    approvers: someApprovers,
    count: wholeNumber({ minimum: 1, maximum: 100 }).optional(),
    escalation: z
      .strictObject({ after: duration, to: someApprovers })
      .transform(({ after, to }) => ({ afterMs: after, to }))
      .optional(),
  })
  .transform(({ count = 1, ...rest }): ApprovalStep => ({ ...rest, count }));

/** `approval` of a profile. */
export const approvalSchema = z
  .strictObject({
    auto: someAutoRules.optional(),
    steps: z
      .array(step)
      .refine(steps => steps.length > 0 && steps.length <= MOST_STEPS, {
        message: `must have 1 to ${MOST_STEPS} steps`,
      })
      .optional(),
    expires: duration.optional(),
  })
  .transform(({ auto, steps, expires }, ctx): ApprovalRules => {
    if (expires !== undefined && !steps) {
      ctx.addIssue({
        code: 'custom',
        path: ['expires'],
        message: 'needs steps: without them nothing waits',
      });
    }
    return steps
      ? { auto, steps, expiresMs: expires ?? DEFAULT_EXPIRES_MS }
      : { auto, steps: [] };
  });
