import { z } from 'zod';
import { clientAssertion } from './clientAssertion';
import { notOkta, refused, RequestKind } from './failures';
import { OktaCall } from './OktaClient';
import { retryAfterMs } from './rateLimit';
import { send } from './send';

/** A token is not used in the last part of its life. */
const MARGIN_MS = 60_000;

const tokenBody = z.object({
  access_token: z.string().min(1),
  token_type: z.literal('Bearer'),
  expires_in: z.number().positive(),
});

/** How requests say who they are. Access tokens of a service app are kept in memory only, for as long as they are good. */
export class AccessTokens {
  readonly #known = new Map<string, { token: string; until: number }>();

  /** The value of the header. */
  async authorization(call: OktaCall): Promise<string> {
    const { config } = call.ctx.connection;
    if (config.token !== undefined) {
      return `SSWS ${config.token}`;
    }
    const known = this.#known.get(keyOf(call));
    if (known && known.until > performance.now()) {
      return `Bearer ${known.token}`;
    }
    return `Bearer ${await this.#fetchToken(call)}`;
  }

  /** After a 401: the next request asks for another one. */
  forget(call: OktaCall): void {
    this.#known.delete(keyOf(call));
  }

  async #fetchToken(call: OktaCall): Promise<string> {
    const { name, config } = call.ctx.connection;
    const tokenUrl = `${config.orgUrl}/oauth2/v1/token`;
    // Asking for a token changes nothing that anybody could miss.
    const kind: RequestKind = {
      connection: name,
      purpose: 'sign in as its service app',
      writes: false,
      right: `the scopes ${config.scopes.join(', ')} granted to the app`,
    };
    const { status, headers, body } = await send(call, kind, {
      url: tokenUrl,
      init: {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          scope: config.scopes.join(' '),
          client_assertion_type:
            'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: clientAssertion({
            clientId: config.clientId!,
            privateKey: config.privateKey!,
            keyId: config.keyId,
            tokenUrl,
            now: Date.now(),
          }),
        }),
      },
    });
    if (status !== 200) {
      throw refused(kind, {
        // A 400 names a wrong client, key or scope; for people it is the same as credentials that are not accepted.
        status: status === 400 ? 403 : status,
        retryAfterMs: retryAfterMs({ headers, now: Date.now() }),
      });
    }
    const parsed = tokenBody.safeParse(body);
    if (!parsed.success) {
      throw notOkta(kind);
    }
    const { access_token: token, expires_in: seconds } = parsed.data;
    this.#known.set(keyOf(call), {
      token,
      until: performance.now() + seconds * 1000 - MARGIN_MS,
    });
    return token;
  }
}

function keyOf({ ctx }: OktaCall): string {
  const { orgUrl, clientId, scopes } = ctx.connection.config;
  return JSON.stringify([ctx.connection.name, orgUrl, clientId, scopes]);
}
