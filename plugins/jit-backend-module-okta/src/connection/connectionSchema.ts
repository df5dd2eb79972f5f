import { z } from 'zod';
import { isPrivateKey } from './clientAssertion';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether the org is an emulator on this machine: Okta itself never is. */
export function isOnThisMachine(orgUrl: string): boolean {
  return LOOPBACK.includes(new URL(orgUrl).hostname);
}

function orgUrlProblem(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return 'must be a URL such as https://acme.okta.com';
  }
  const { protocol, username, password, pathname, search, hash } = new URL(
    value,
  );
  if (username || password || pathname !== '/' || search || hash) {
    return 'must be the address of the org alone, such as https://acme.okta.com';
  }
  return protocol === 'https:' ||
    (protocol === 'http:' && isOnThisMachine(value))
    ? undefined
    : 'must begin with https://: the token is sent there';
}

/** The settings of a connection of type `okta`, without the engine's own keys. */
export const oktaConnectionSchema = z
  .strictObject({
    orgUrl: z
      .string()
      .superRefine((value, ctx) => {
        const message = orgUrlProblem(value);
        if (message) {
          ctx.addIssue({ code: 'custom', message });
        }
      })
      .transform(value =>
        URL.canParse(value) ? new URL(value).origin : value,
      ),
    /** An API token. Or else an OAuth service app, by the next four. */
    token: z.string().min(1).optional(),
    clientId: z.string().min(1).optional(),
    /** PEM. */
    privateKey: z
      .string()
      .refine(isPrivateKey, 'must be an RSA or EC P-256 private key in PEM')
      .optional(),
    /** The id of the key in the app, when it has several. */
    keyId: z.string().min(1).optional(),
    scopes: z
      .array(z.string().regex(/^[a-z.]+$/))
      .min(1)
      .default(['okta.groups.manage', 'okta.users.read']),
    /** By what of the catalog's User the person is found in Okta. */
    userBy: z.enum(['email', 'annotation']).default('email'),
    /** What leases may ever give. Names nothing, allows nothing. */
    ceiling: z
      .strictObject({ groups: z.array(z.string().min(1)).default([]) })
      .default({ groups: [] }),
  })
  .superRefine((connection, ctx) => {
    const { token, clientId, privateKey } = connection;
    const isApp = clientId !== undefined || privateKey !== undefined;
    if (isApp ? token || !clientId || !privateKey : !token) {
      ctx.addIssue({
        code: 'custom',
        path: ['token'],
        message:
          'is the one way to authenticate, clientId with privateKey the other: give exactly one of them',
      });
    }
  });

export type OktaConnection = z.infer<typeof oktaConnectionSchema>;
