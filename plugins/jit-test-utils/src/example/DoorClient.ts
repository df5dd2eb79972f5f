import {
  ConnectionContext,
  JitProviderError,
} from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';

/** The settings of a connection of type `door`, without the engine's own keys. */
export const doorConnectionSchema = z.strictObject({
  url: z.url(),
  token: z.string().min(1),
  /** Names nothing, allows nothing. */
  ceiling: z
    .strictObject({ doors: z.array(z.string()) })
    .default({ doors: [] }),
});

export type DoorConnection = z.infer<typeof doorConnectionSchema>;

/** One HTTP request: what tests come between. */
export type Send = (url: URL, init: RequestInit) => Promise<Response>;

/**
 * Makes one request to the controller.
 *
 * @returns the status, of 404 and 409 too, and the body
 * @throws JitProviderError in our own words for everything else
 */
export async function askController(
  send: Send,
  ctx: ConnectionContext<DoorConnection>,
  request: { method?: string; path: string; body?: object },
): Promise<{ status: number; body: unknown }> {
  const { connection, signal } = ctx;
  const { method = 'GET', path, body } = request;
  const where = `The door controller of connection '${connection.name}'`;
  let response: Response;
  let text: string;
  try {
    response = await send(new URL(path, connection.config.url), {
      method,
      headers: { authorization: `Bearer ${connection.config.token}` },
      body: body && JSON.stringify(body),
      // Past the deadline, or without the claim, nothing may be sent.
      signal,
    });
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    if (method === 'GET' || wasRefused(error)) {
      throw JitProviderError.connection(`${where} does not answer.`, error);
    }
    throw JitProviderError.unknownOutcome(
      `${where} did not say whether it took a change.`,
      error,
    );
  }
  const { status } = response;
  if (response.ok || status === 404 || status === 409) {
    return { status, body: text ? JSON.parse(text) : undefined };
  }
  switch (status) {
    case 401:
      throw JitProviderError.connection(`${where} does not take our token.`);
    case 403:
      throw JitProviderError.misconfigured(
        `${where} does not let our token do that: give it the right to codes.`,
      );
    case 429:
      throw JitProviderError.rateLimited(
        `${where} asks for a pause.`,
        Number(response.headers.get('retry-after') ?? 1) * 1000,
      );
    default:
      throw JitProviderError.retryable(`${where} answered ${status}.`);
  }
}

/** Whether the request never left. */
function wasRefused(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code === 'ECONNREFUSED';
}
