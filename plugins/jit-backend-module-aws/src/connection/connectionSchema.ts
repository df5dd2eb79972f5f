import { z } from 'zod';
import { accountOfPattern } from '../role/roleArn';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  const { protocol, hostname, username, password, search, hash } = new URL(
    value,
  );
  return (
    !username &&
    !password &&
    !search &&
    !hash &&
    (protocol === 'https:' ||
      (protocol === 'http:' && LOOPBACK.includes(hostname)))
  );
}

const endpoint = z
  .string()
  .refine(
    isEndpoint,
    'must be an address that begins with https://, or http:// on this machine: keys are sent there',
  );

/** The settings of a connection of type `aws`, without the engine's own keys. One connection is one account. */
export const awsConnectionSchema = z
  .strictObject({
    /** Whose credentials are used, out of the `aws` section of the config, and whose roles can be leased. */
    accountId: z
      .string()
      .regex(/^\d{12}$/, 'must be the 12 digits of an account, in quotes'),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-1')
      .default('us-east-1'),
    stsEndpoint: endpoint.optional(),
    iamEndpoint: endpoint.optional(),
    /** Where sign-in links to the console come from; `false` for none. AWS's own when not given, unless `stsEndpoint` is. */
    federationEndpoint: z.union([endpoint, z.literal(false)]).optional(),
    /** Whether we may put inline policies on the roles: without that, keys cannot be ended before their own end. */
    mayEditRoles: z.boolean().default(true),
    /** What leases may ever give. Names nothing, allows nothing. */
    ceiling: z
      .strictObject({
        roles: z
          .array(
            z
              .string()
              .refine(
                role => accountOfPattern(role) !== undefined,
                'must be the ARN of a role, or one with * for parts of its path or name',
              ),
          )
          .default([]),
      })
      .default({ roles: [] }),
  })
  .superRefine(({ accountId, ceiling }, ctx) => {
    ceiling.roles.forEach((role, index) => {
      const account = accountOfPattern(role);
      if (account !== undefined && account !== accountId) {
        ctx.addIssue({
          code: 'custom',
          path: ['ceiling', 'roles', index],
          message: `is of account ${account}: make a connection for that account`,
        });
      }
    });
  });

export type AwsConnection = z.infer<typeof awsConnectionSchema>;
