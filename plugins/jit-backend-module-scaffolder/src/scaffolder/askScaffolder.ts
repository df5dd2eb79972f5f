import { JitProviderError } from '@backstage-jit/plugin-jit-node';

/**
 * Makes one request to the scaffolder.
 *
 * @returns the status, of 400 and 404 too, and the body
 * @throws JitProviderError in our own words for everything else
 */
export async function askScaffolder(options: {
  send: typeof fetch;
  url: string;
  token: string;
  signal: AbortSignal;
  /** Makes it a POST. */
  body?: object;
}): Promise<{ status: number; body: unknown }> {
  const { send, url, token, signal, body } = options;
  signal.throwIfAborted();
  let response: Response;
  let text: string;
  try {
    response = await send(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal,
    });
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    if (!body || wasRefused(error)) {
      throw JitProviderError.connection(
        'The scaffolder does not answer.',
        error,
      );
    }
    throw JitProviderError.unknownOutcome(
      'The scaffolder did not say whether it started a task.',
      error,
    );
  }
  const { status } = response;
  if (response.ok) {
    return { status, body: parsed(text) };
  }
  switch (status) {
    case 400:
    case 404:
      return { status, body: undefined };
    case 401:
      throw JitProviderError.connection(
        'The scaffolder does not take our token.',
      );
    case 403:
      throw JitProviderError.misconfigured(
        'The scaffolder does not let the jit backend do that: look at its permission policy.',
      );
    case 429:
      throw JitProviderError.rateLimited(
        'The scaffolder asks for a pause.',
        Number(response.headers.get('retry-after') ?? 1) * 1000,
      );
    default:
      throw JitProviderError.retryable(`The scaffolder answered ${status}.`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw JitProviderError.retryable(
      'The scaffolder answered something that is no JSON.',
      error,
    );
  }
}

/** Whether the request never left. */
function wasRefused(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code === 'ECONNREFUSED';
}
