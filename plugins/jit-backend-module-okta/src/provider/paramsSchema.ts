import { z } from 'zod';

/** The parameters of a profile of provider `okta.group`. */
export const groupParamsSchema = z.strictObject({
  /** An id, or a whole name. As the ceiling writes it. */
  group: z.string().min(1).max(255),
  /** Whether the person is signed out of Okta at the end. */
  clearSessions: z.boolean().optional(),
});

export type GroupParams = z.infer<typeof groupParamsSchema>;
