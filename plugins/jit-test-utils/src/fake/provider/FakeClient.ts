import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { FAKE_READS, FakeExchanges, FakeVerb } from '../outside/exchanges';
import { FakeOutside } from '../outside/FakeOutside';
import { FakeOutsideError } from '../outside/FakeOutsideError';
import { FakeConnection } from './fakeSchemas';

/** Puts a driver's error into our own words. */
export function classify(error: unknown, verb: FakeVerb): JitProviderError {
  if (!(error instanceof FakeOutsideError)) {
    return JitProviderError.unknownOutcome(
      'The call was given up before the outside system answered.',
      error,
    );
  }
  switch (error.failure) {
    case 'refused':
      return JitProviderError.connection(
        'The outside system cannot be reached.',
        error,
      );
    case 'unauthorized':
      return JitProviderError.connection(
        'The outside system does not know our account any more.',
        error,
      );
    case 'forbidden':
      return JitProviderError.misconfigured(
        'The outside system does not let our account do this.',
        error,
      );
    case 'too-many':
      return JitProviderError.rateLimited(
        'The outside system asks to be left alone for a while.',
        error.retryAfterMs ?? 1000,
        error,
      );
    case 'unavailable':
      return JitProviderError.retryable(
        'The outside system cannot do this at the moment.',
        error,
      );
    default:
      // A look that got no answer has changed nothing, so it may simply be repeated.
      return FAKE_READS.includes(verb)
        ? JitProviderError.retryable(
            'The outside system did not answer a look.',
            error,
          )
        : JitProviderError.unknownOutcome(
            'The outside system did not answer a change.',
            error,
          );
  }
}

/** One system, as a call of the provider sees it. */
export class FakeClient {
  readonly #outside: FakeOutside;
  readonly #connection: FakeConnection;
  readonly #signal: AbortSignal;

  constructor(options: {
    outside: FakeOutside;
    connection: FakeConnection;
    signal: AbortSignal;
  }) {
    this.#outside = options.outside;
    this.#connection = options.connection;
    this.#signal = options.signal;
  }

  /** @throws JitProviderError whatever goes wrong */
  async ask<V extends FakeVerb>(
    verb: V,
    ask: FakeExchanges[V]['ask'],
  ): Promise<FakeExchanges[V]['answer']> {
    const { system, password } = this.#connection;
    try {
      return await this.#outside.exchange(
        { system, password, verb, ask },
        { signal: this.#signal },
      );
    } catch (error) {
      throw classify(error, verb);
    }
  }
}
