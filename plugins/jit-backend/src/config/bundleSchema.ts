import { z } from 'zod';
import { Bundle } from '../policy/Bundle';
import { name, text } from './scalars';

const FEWEST = 2;
const MOST = 10;

/** One entry of `jit.bundles`, without its place in the list. */
export const bundleSchema = z
  .strictObject({
    id: name,
    title: text({ maximum: 200 }),
    description: text({ maximum: 2_000 }).optional(),
    parts: z
      .array(name)
      .refine(parts => parts.length >= FEWEST && parts.length <= MOST, {
        message: `must name ${FEWEST} to ${MOST} profiles`,
      }),
  })
  .transform((given): Omit<Bundle, 'configPath'> => given);
