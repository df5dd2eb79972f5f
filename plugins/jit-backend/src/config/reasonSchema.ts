import { z } from 'zod';
import { matchesFromStart } from '../policy/patterns';
import { ReasonRules } from '../policy/Profile';
import { LONGEST_REASON } from '../policy/reason';
import { flag, pattern, text } from './scalars';

export const reasonSchema = z
  .strictObject({
    required: flag.optional(),
    pattern: pattern.optional(),
    example: text({ maximum: LONGEST_REASON }).optional(),
  })
  .transform(({ required = false, ...rules }, ctx): ReasonRules => {
    if (
      rules.pattern &&
      rules.example &&
      !matchesFromStart(rules.pattern, rules.example)
    ) {
      ctx.addIssue({
        code: 'custom',
        path: ['example'],
        message: 'does not match the pattern from its first character',
      });
    }
    return { required, ...rules };
  });
