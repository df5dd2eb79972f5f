import { ErrorClass } from '@backstage-jit/plugin-jit-common';

/**
 * The one error a provider throws on purpose. Its `message` is shown to people and kept in the ledger, so it is the provider's own
 * sentence: never a driver's message, a statement, a URL with credentials or anything secret.
 *
 * Anything else a provider throws is taken as `unknown-outcome` with a fixed text.
 *
 * @public
 */
export class JitProviderError extends Error {
  readonly class: ErrorClass;
  /** For `rate-limited`: how many milliseconds from now the system asks to be left alone. */
  readonly retryAfterMs?: number;
  /** The driver's error, for debugging in memory only: it is never logged nor stored. */
  declare readonly cause?: unknown;

  private constructor(
    errorClass: ErrorClass,
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number },
  ) {
    super(message);
    this.name = 'JitProviderError';
    this.class = errorClass;
    this.retryAfterMs = options?.retryAfterMs;
    Object.defineProperty(this, 'cause', {
      value: options?.cause,
      enumerable: false,
    });
  }

  /** May pass by itself: a lock, a conflict, a 5xx on this one thing. */
  static retryable(message: string, cause?: unknown): JitProviderError {
    return new JitProviderError('retryable', message, { cause });
  }

  /** The system named a time to come back at. Costs the lease no attempt; pauses the connection. */
  static rateLimited(
    message: string,
    retryAfterMs: number,
    cause?: unknown,
  ): JitProviderError {
    return new JitProviderError('rate-limited', message, {
      cause,
      retryAfterMs,
    });
  }

  /** A person must act: a missing role, a 403, a parameter outside the ceiling. */
  static misconfigured(message: string, cause?: unknown): JitProviderError {
    return new JitProviderError('misconfigured', message, { cause });
  }

  /** The system as a whole is away: refused, unreachable, 401, 5xx on everything. Opens the connection's breaker. */
  static connection(message: string, cause?: unknown): JitProviderError {
    return new JitProviderError('connection', message, { cause });
  }

  /** The call may have taken effect, or may yet. */
  static unknownOutcome(message: string, cause?: unknown): JitProviderError {
    return new JitProviderError('unknown-outcome', message, { cause });
  }

  /** True also for an instance made by another copy of this package. */
  static is(error: unknown): error is JitProviderError {
    return (
      error instanceof Error &&
      error.name === 'JitProviderError' &&
      'class' in error
    );
  }
}
