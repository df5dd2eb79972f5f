/**
 * How an exchange fails.
 *
 * - `refused`: nobody listens; nothing was sent.
 * - `lost`: it was sent, and there was no answer.
 * - `unavailable`: answered "not now", without effect.
 * - `too-many`: answered "come back later", without effect.
 * - `unauthorized`: the caller is not known any more.
 * - `forbidden`: the caller is known, and may not.
 *
 * @public
 */
export type FakeFailure =
  | 'refused'
  | 'lost'
  | 'unavailable'
  | 'too-many'
  | 'unauthorized'
  | 'forbidden';

/**
 * What a driver of the fake outside world throws. Like a real driver's, its message holds what was sent, secrets too, and so must never be shown.
 *
 * @public
 */
export class FakeOutsideError extends Error {
  readonly failure: FakeFailure;
  readonly retryAfterMs?: number;

  constructor(options: {
    failure: FakeFailure;
    sent: string;
    retryAfterMs?: number;
  }) {
    super(`${options.failure} on ${options.sent}`);
    this.name = 'FakeOutsideError';
    this.failure = options.failure;
    this.retryAfterMs = options.retryAfterMs;
  }
}
