import { createLeaseContext } from '@backstage-jit/plugin-jit-test-utils';
import { z } from 'zod';
import { AccessTokens } from '../connection/AccessTokens';
import {
  OktaConnection,
  oktaConnectionSchema,
} from '../connection/connectionSchema';
import { get, OktaCall, write } from '../connection/OktaClient';
import { ScriptedOkta } from './ScriptedOkta';

export const TOKEN = '00very-secret-token';

export const PURPOSE = {
  purpose: 'look a user up',
  right: 'the scope okta.users.read',
};

/** A call over a connection to a scripted org, by API token unless the settings say otherwise. */
export function callTo(
  okta: ScriptedOkta,
  settings: Partial<OktaConnection> = {},
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
): OktaCall {
  const ctx = createLeaseContext({
    params: {},
    connection: {
      name: 'acme',
      config: oktaConnectionSchema.parse({
        orgUrl: okta.url,
        ...('clientId' in settings ? {} : { token: TOKEN }),
        ...settings,
      }),
    },
    ...options,
  });
  return {
    ctx,
    fetch: (url, init) => fetch(url, init),
    tokens: new AccessTokens(),
  };
}

export async function read(call: OktaCall) {
  return await get(
    call,
    { ...PURPOSE, path: '/api/v1/users/1' },
    z.object({ id: z.string() }),
  );
}

export async function remove(call: OktaCall) {
  return await write(call, {
    ...PURPOSE,
    method: 'DELETE',
    path: '/api/v1/groups/1/users/1',
  });
}
