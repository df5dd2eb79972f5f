import { IncomingMessage } from 'node:http';
import { request } from 'node:https';

const MOST_BYTES = 64 * 1_024;

/** Why there is nothing to judge by, in words of ours that go on after a name: `answered 404`. */
export class NothingFetchedError extends Error {}

/**
 * Reads JSON over HTTPS. Redirects are not followed.
 *
 * @throws NothingFetchedError
 */
export async function fetchJson(
  url: URL,
  options: {
    headers?: Record<string, string>;
    /** PEM, in place of the authorities of the machine. */
    ca?: string;
    signal: AbortSignal;
  },
): Promise<unknown> {
  const text = await readText(url, options);
  try {
    return JSON.parse(text);
  } catch {
    throw new NothingFetchedError('answered something that is not JSON');
  }
}

async function readText(
  url: URL,
  options: Parameters<typeof fetchJson>[1],
): Promise<string> {
  let response: IncomingMessage | undefined;
  try {
    response = await send(url, options);
    const { statusCode } = response;
    if (statusCode !== 200) {
      throw new NothingFetchedError(`answered ${statusCode}`);
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_BYTES) {
        throw new NothingFetchedError('answered more than 64 kB');
      }
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof NothingFetchedError) {
      throw error;
    }
    // What the library says can hold an address, or a piece of the answer.
    throw new NothingFetchedError(
      options.signal.aborted ? 'did not answer in time' : 'cannot be reached',
    );
  } finally {
    response?.destroy();
  }
}

function send(
  url: URL,
  { headers, ca, signal }: Parameters<typeof fetchJson>[1],
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(
      url,
      {
        headers: { accept: 'application/json', ...headers },
        ca,
        signal,
        agent: false,
      },
      resolve,
    )
      .on('error', reject)
      .end();
  });
}
