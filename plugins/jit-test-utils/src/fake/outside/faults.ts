import { FakeVerb } from './exchanges';
import { FakeFailure } from './FakeOutsideError';

/**
 * What can go wrong with an exchange.
 *
 * - `reject`: no effect; answered with a failure.
 * - `lose-answer`: it takes its effect, and the answer is lost.
 * - `land-late`: no effect yet, and the caller hears nothing (`hang`) or that the answer was lost; it takes its effect at `landLate()`, or
 *   `afterMs` later by the world's clock.
 * - `hang`: no effect and no answer, until the caller gives up.
 * - `latency`: takes its time first.
 *
 * @public
 */
export type FakeFault =
  | {
      type: 'reject';
      as: Exclude<FakeFailure, 'lost'>;
      /** With `too-many`; a second when not given. */
      retryAfterMs?: number;
    }
  | { type: 'lose-answer' }
  | { type: 'land-late'; hang?: boolean; afterMs?: number }
  | { type: 'hang' }
  | { type: 'latency'; ms: number };

/** @public */
export interface FakeFaultRule {
  fault: FakeFault;
  /** All that is given must fit; every exchange when nothing is. */
  match?: { system?: string; verb?: FakeVerb; key?: string };
  /** How many fitting exchanges pass first. */
  skip?: number;
  /** How often it strikes; once when not given. */
  times?: number | 'always';
}

/**
 * Faults by chance: the same seed gives the same faults for the same exchanges in the same order.
 *
 * @public
 */
export interface FakeFaultSchedule {
  seed: number;
  /** Of all exchanges, the share from 0 to 1 that each fault strikes. */
  rates: {
    refused?: number;
    unavailable?: number;
    tooMany?: number;
    loseAnswer?: number;
    landLate?: number;
    latency?: number;
  };
  /** A second when not given. */
  retryAfterMs?: number;
  /** 50 when not given. */
  latencyMs?: number;
  /** How long after it was sent a late call lands; a second when not given. */
  landAfterMs?: number;
}

/**
 * How a whole system behaves until told otherwise.
 *
 * @public
 */
export interface FakeCondition {
  /** Nobody listens. */
  down?: boolean;
  /** Whether the connection's account still may; `none` answers 403, `unknown` 401. */
  rights?: 'full' | 'none' | 'unknown';
  /** Every exchange is answered "too many requests". */
  tooManyRequests?: { retryAfterMs: number };
  /** Reads answer as things stand when this is set (`freeze`), or stood so many milliseconds ago. */
  lag?: 'freeze' | { ms: number };
  /** Lists break off after the first page. */
  brokenLists?: boolean;
}
