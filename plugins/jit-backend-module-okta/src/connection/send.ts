import { ConnectionContext } from '@backstage-jit/plugin-jit-node';
import { noAnswer, RequestKind, tooLate } from './failures';

/** As the global `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** An answer whose body was read whole. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Also for a body that is not JSON: then undefined. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends one request and reads its answer to the end, within the call's deadline.
 *
 * @throws JitProviderError when there is none
 */
export async function send(
  call: { ctx: ConnectionContext; fetch: Fetch },
  kind: RequestKind,
  request: { url: string; init: RequestInit },
): Promise<Answer> {
  const { ctx } = call;
  const remaining = ctx.deadline - performance.now();
  if (ctx.signal.aborted || remaining <= 0) {
    throw tooLate(kind);
  }
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), remaining);
  try {
    const response = await call.fetch(request.url, {
      ...request.init,
      // The token goes to the configured org and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.any([ctx.signal, timeout.signal]),
    });
    const { status, headers } = response;
    return { status, headers, body: await readBody(response) };
  } catch (error) {
    throw noAnswer(kind, error);
  } finally {
    clearTimeout(timer);
  }
}
