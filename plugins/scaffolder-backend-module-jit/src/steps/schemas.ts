import { z as zod } from 'zod/v3';

type Zod = typeof zod;

const duration = (z: Zod, description: string) =>
  z
    .union([z.string(), z.record(z.number())])
    .optional()
    .describe(description);

/** How long the step waits. */
export const waitInput = {
  wait: (z: Zod) =>
    duration(
      z,
      'How long the step waits, such as 5m; 15m at most, and when not given. Then it ends with the output waiting: true.',
    ),
};

/** What a lease is asked for with. */
export const leaseInput = {
  profileId: (z: Zod) =>
    z.string().describe('What to lease: the id of a profile of the portal.'),
  entityRef: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        'The catalog entity that it is leased on, if the profile has targets.',
      ),
  duration: (z: Zod) =>
    duration(z, 'How long, such as 1h. What the profile says when not given.'),
  reason: (z: Zod) =>
    z.string().optional().describe('Why, where the profile asks for it.'),
};

/** What infrastructure is asked for with: one profile, or a bundle. */
export const environmentInput = {
  ...leaseInput,
  profileId: (z: Zod) =>
    z
      .string()
      .optional()
      .describe('What to lease: the id of a profile of the portal.'),
  bundleId: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        'In place of profileId: the id of a bundle, whose parts are made in their order and end as one.',
      ),
};

/** Which lease. */
export const leaseIdInput = {
  leaseId: (z: Zod) => z.string().describe('The id of the lease.'),
};

/** How much later. */
export const durationInput = {
  duration: (z: Zod) =>
    z
      .union([z.string(), z.record(z.number())])
      .describe('How much later it shall end, such as 30m.'),
};

/** The values that a teardown is given. */
export const valuesInput = {
  values: (z: Zod) =>
    z
      .record(z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe(
        'Values for the teardown template, those that the profile lets through.',
      ),
};

/** The values of what the requester may say. */
export const parametersInput = {
  parameters: (z: Zod) =>
    z
      .record(z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Values that the profile takes from the request.'),
};

/** What is known of a lease afterwards. */
export const leaseOutput = {
  leaseId: (z: Zod) => z.string().describe('The id of the lease.'),
  state: (z: Zod) =>
    z.string().describe('Where the lease stands, such as active.'),
  link: (z: Zod) =>
    z
      .string()
      .describe('The page where the lease is seen, extended and ended.'),
  endsAt: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        'When the lease ends, in ISO 8601; not there before it is active.',
      ),
  facts: (z: Zod) =>
    z
      .record(z.string())
      .optional()
      .describe(
        'How to reach what was made, without secrets: host, port, database.',
      ),
  waiting: (z: Zod) =>
    z
      .boolean()
      .describe(
        'Whether the step has ended before the lease was where it waited for.',
      ),
};

/** What is known of the parts of a bundle afterwards. */
export const partsOutput = {
  parts: (z: Zod) =>
    z
      .record(
        z.object({
          leaseId: z.string(),
          state: z.string(),
          link: z.string(),
          facts: z.record(z.string()),
        }),
      )
      .optional()
      .describe('Of a bundle: each part, by the id of its profile.'),
};
