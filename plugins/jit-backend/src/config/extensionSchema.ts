import { z } from 'zod';
import { ExtensionRules } from '../policy/Profile';
import { duration, durationOrNever, wholeNumber } from './scalars';

/** `extension` of a profile. */
export const extensionSchema = z
  .strictObject({
    maximum: duration,
    times: wholeNumber({ minimum: 1, maximum: 1_000 }),
    byApproval: durationOrNever.optional(),
  })
  .transform(
    ({ maximum, times, byApproval }): ExtensionRules => ({
      maximumMs: maximum,
      times,
      ...(byApproval !== undefined && { byApprovalMs: byApproval }),
    }),
  );
