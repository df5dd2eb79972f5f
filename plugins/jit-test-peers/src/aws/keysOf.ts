import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';

/** The parts of credentials that open something. */
export function keysOf(credentials: IssuedCredentials): {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  Expiration: string;
} {
  const { value } = credentials.forms.find(({ id }) => id === 'process')!;
  return JSON.parse(value);
}
