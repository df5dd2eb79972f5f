import { z } from 'zod';
import { isTimezone, parseWindow } from '../policy/hours';
import { text } from './scalars';

const timezone = text({ maximum: 100 }).refine(isTimezone, {
  message: 'is not a timezone such as Europe/Berlin',
});

const window = text({ maximum: 100 }).refine(
  value => parseWindow(value) !== undefined,
  { message: 'is not a window such as Mon-Fri 08:00-18:00' },
);

/** `hours` of a profile. */
export const hoursSchema = z.strictObject({
  timezone,
  windows: z
    .array(window)
    .refine(windows => windows.length > 0 && windows.length <= 50, {
      message: 'must have 1 to 50 windows',
    }),
});
