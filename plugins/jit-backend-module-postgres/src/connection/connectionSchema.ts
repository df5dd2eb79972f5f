import { z } from 'zod';
import { isName } from '../sql/quote';

const name = z
  .string()
  .refine(isName, 'must be 1 to 63 bytes: PostgreSQL cuts longer names');

const port = z.coerce.number().int().min(1).max(65535);

const ssl = z.union([
  z.boolean(),
  z.strictObject({
    ca: z.string().min(1).optional(),
    rejectUnauthorized: z.boolean().default(true),
  }),
]);

/** The settings of a connection of type `postgres`, without the engine's own keys. */
export const postgresConnectionSchema = z
  .strictObject({
    host: z.string().min(1),
    port: port.default(5432),
    user: name,
    password: z.string().min(1),
    /** Where the admin logs in, and what credentials name unless `databases` or the profile says otherwise. */
    database: name.default('postgres'),
    ssl: ssl.optional(),
    /** The NOLOGIN role without rights that gets what an ended lease leaves behind. */
    reassignTo: name,
    /** What leases may ever give. Names nothing, allows nothing. */
    ceiling: z
      .strictObject({
        roles: z.array(name).default([]),
        setRole: z.boolean().default(false),
        /** Whether leases may have databases of their own; none when not given. */
        ephemeralDatabases: z
          .strictObject({
            /** The databases that may be copied, by their whole names. Empty ones may be had all the same. */
            templates: z.array(name).default([]),
            /** How many there may be at once. */
            maximum: z.coerce.number().int().min(1).max(10_000).default(20),
            /** Whether a lease on roles may be a member of the role that owns such a database. */
            access: z.boolean().default(false),
          })
          .optional(),
      })
      .default({ roles: [], setRole: false }),
    /** How many sessions one lease may have at once. */
    connectionLimit: z.coerce.number().int().min(1).max(1000).default(10),
    /** Where holders connect to, when it is not where the backend does. */
    publicHost: z.string().min(1).optional(),
    publicPort: port.optional(),
    /** The databases that holders use; credentials name the first. */
    databases: z.array(name).min(1).optional(),
  })
  .refine(connection => connection.reassignTo !== connection.user, {
    path: ['reassignTo'],
    message:
      'must not be the admin itself: what a lease leaves behind would get its rights',
  });

export type PostgresConnection = z.infer<typeof postgresConnectionSchema>;
