import { z } from 'zod';
import { isName } from '../sql/quote';

const name = z
  .string()
  .refine(isName, 'must be 1 to 63 bytes: PostgreSQL cuts longer names');

/** The parameters of a profile of provider `postgres.role`. */
export const roleParamsSchema = z.strictObject({
  /** The roles whose rights the holder gets. */
  memberOf: z.array(name).min(1).max(20),
  /** The database that the credentials name. */
  database: name.optional(),
  /** Whether the holder may also `SET ROLE` to them: what is made that way belongs to the role and outlasts the lease. */
  setRole: z.boolean().optional(),
});

export type RoleParams = z.infer<typeof roleParamsSchema>;
