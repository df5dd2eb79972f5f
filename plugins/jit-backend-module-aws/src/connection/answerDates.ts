import { MiddlewareStack } from '@smithy/types';

interface HasHeaders {
  headers?: Record<string, string>;
}

function headersOf(response: unknown): Record<string, string> {
  return (response as HasHeaders | undefined)?.headers ?? {};
}

/**
 * When AWS says by its `Date` header that it answered, in epoch milliseconds: whole seconds, rounded down. By our own clock where it does not say.
 */
export function dateOf(response: unknown): number {
  const told = Date.parse(headersOf(response).date ?? '');
  return Number.isNaN(told) ? Math.floor(Date.now() / 1000) * 1000 : told;
}

/** In how many milliseconds a refusal asks us to come back, if it says. */
export function retryAfterOf(response: unknown): number | undefined {
  const seconds = Number(headersOf(response)['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

/** Remembers for each answer of a client when it was given: the SDK drops that. */
export class AnswerDates {
  readonly #dates = new WeakMap<object, number>();

  watch<TInput extends object, TOutput extends object>(
    stack: MiddlewareStack<TInput, TOutput>,
  ): void {
    stack.add(
      next => async args => {
        const result = await next(args);
        if (result.output) {
          this.#dates.set(result.output, dateOf(result.response));
        }
        return result;
      },
      // Outside of what reads the answer.
      { step: 'deserialize', priority: 'high', name: 'answerDates' },
    );
  }

  of(output: object): number {
    return this.#dates.get(output) ?? dateOf(undefined);
  }
}
