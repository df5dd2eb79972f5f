import { z } from 'zod';
import { isName } from '../sql/quote';

/** The parameters of a profile of provider `postgres.database`. */
export const databaseParamsSchema = z.strictObject({
  /** The database to copy; an empty one is made when not given. */
  template: z
    .string()
    .refine(isName, 'must be 1 to 63 bytes: PostgreSQL cuts longer names')
    .optional(),
  /** How many sessions its holder may have at once; the connection's own limit when not given. */
  connectionLimit: z.coerce.number().int().min(1).max(1000).optional(),
});

export type DatabaseParams = z.infer<typeof databaseParamsSchema>;
