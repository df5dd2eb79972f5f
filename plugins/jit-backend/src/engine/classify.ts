import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Failure } from '../leases/records';

/**
 * A provider's error in words that may be kept and shown. What it did not classify itself is an unknown outcome, and its message, which may
 * hold a whole statement, is dropped.
 */
export function classify(error: unknown, provider: string): Failure {
  if (JitProviderError.is(error)) {
    const { class: errorClass, message, retryAfterMs } = error;
    return {
      class: errorClass,
      message,
      ...(retryAfterMs !== undefined && {
        retryAfterMs: Math.ceil(retryAfterMs),
      }),
    };
  }
  return {
    class: 'unknown-outcome',
    message: `${provider} failed without saying how (${nameOf(error)})`,
  };
}

/** A name or a code: what an error is without what it says. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  const { code } = error as { code?: unknown };
  const safe = typeof code === 'string' && /^[A-Z0-9_]{2,32}$/.test(code);
  return safe ? `${error.name} ${code}` : error.name;
}
