import { z } from 'zod';
import { formatDuration } from '../policy/duration';
import { IdleRules, PriceRules } from '../policy/Profile';
import { amount, currency, duration } from './scalars';

/** `idle` of a profile. */
export const idleSchema = z
  .strictObject({ after: duration, warn: duration.optional() })
  .transform(({ after, warn }, ctx): IdleRules => {
    if (warn !== undefined && warn >= after) {
      ctx.addIssue({
        code: 'custom',
        path: ['warn'],
        message: `must be shorter than after, ${formatDuration(after)}`,
      });
    }
    return { afterMs: after, ...(warn !== undefined && { warnMs: warn }) };
  });

/** `price` of a profile. */
export const priceSchema = z
  .strictObject({ perHour: amount, currency, baseline: duration.optional() })
  .transform(
    ({ baseline, ...price }): PriceRules => ({
      ...price,
      ...(baseline !== undefined && { baselineMs: baseline }),
    }),
  );
