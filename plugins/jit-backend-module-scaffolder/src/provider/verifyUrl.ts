import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { TemplateParams } from './schemas';

const PLACE = /\{([A-Za-z_]\w*)\}/g;
const TIMEOUT_MS = 5_000;

type Values = TemplateParams['values'];

/** What is wrong with the URL of a profile's `verify`, in words; undefined when nothing. */
export function urlProblem(url: string): string | undefined {
  const bare = url.replace(PLACE, 'x');
  const parsed = URL.canParse(bare) ? new URL(bare) : undefined;
  if (parsed?.protocol !== 'https:') {
    return 'must be an https URL';
  }
  if (parsed.username || parsed.password) {
    return 'must hold no credentials';
  }
  if (!url.startsWith(`${parsed.origin}/`)) {
    return 'must name its host in full: values go behind it';
  }
  return /[{}]/.test(bare)
    ? 'has a brace that is not of a value, such as {name}'
    : undefined;
}

/** The host of a URL that has no problem. */
export function hostOf(url: string): string {
  return new URL(url.replace(PLACE, 'x')).host;
}

/**
 * The URL with the values in it, each as one piece that cannot leave its place.
 *
 * @returns undefined when a value is missing or would lead elsewhere
 */
export function fillUrl(url: string, values: Values): URL | undefined {
  let fits = true;
  const filled = url.replace(PLACE, (_, name: string) => {
    const value = String(Object.hasOwn(values, name) ? values[name] : '');
    // A lone surrogate cannot be encoded.
    fits &&= !/^\.*$/.test(value) && !/\p{Cs}/u.test(value);
    return fits ? encodeURIComponent(value) : '';
  });
  return fits ? new URL(filled) : undefined;
}

/**
 * Whether the thing is still there, by an HTTP look: 404 and 410 mean gone, an answer of success that it is there.
 *
 * @throws JitProviderError for any other answer, and for none
 */
export async function isThereByUrl(options: {
  send: typeof fetch;
  url: string;
  values: Values;
  signal: AbortSignal;
}): Promise<boolean> {
  const { send, url, values, signal } = options;
  const host = hostOf(url);
  const target = fillUrl(url, values);
  if (!target) {
    throw JitProviderError.misconfigured(
      `The look at ${host} needs a value that is not there.`,
    );
  }
  signal.throwIfAborted();
  let response: Response;
  try {
    response = await send(target, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
  } catch (error) {
    signal.throwIfAborted();
    throw JitProviderError.retryable(`${host} does not answer.`, error);
  }
  const { status, ok } = response;
  if (ok) {
    return true;
  }
  if (status === 404 || status === 410) {
    return false;
  }
  throw JitProviderError.retryable(
    `${host} answered ${status}, which says neither that it is there nor that it is gone.`,
  );
}
