import { z } from 'zod';
import { formatDuration } from '../policy/duration';
import { DurationRules } from '../policy/Profile';
import { duration } from './scalars';

export const durationsSchema = z
  .strictObject({
    default: duration.optional(),
    maximum: duration,
    choices: z.array(duration).optional(),
  })
  .transform((given, ctx): DurationRules => {
    const { maximum, default: usual = maximum, choices = [] } = given;
    const tooLong = (path: Array<string | number>) =>
      ctx.addIssue({
        code: 'custom',
        path,
        message: `is longer than the maximum of ${formatDuration(maximum)}`,
      });
    if (usual > maximum) {
      tooLong(['default']);
    }
    for (const [index, choice] of choices.entries()) {
      if (choice > maximum) {
        tooLong(['choices', index]);
      }
    }
    return { defaultMs: usual, maximumMs: maximum, choicesMs: choices };
  });
