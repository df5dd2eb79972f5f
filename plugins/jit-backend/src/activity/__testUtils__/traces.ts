/** What a thing is, by how it is used. The first two are never to be ended for it. */
export const LABELS = ['busy', 'bursty', 'quiet', 'only-our-looks'] as const;
export type Label = (typeof LABELS)[number];

/** When a thing is used: instants from its begin on, in order. */
export interface Trace {
  label: Label;
  /** It ends when it was not used for so long. */
  idleAfterMs: number;
  uses: number[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Longer pauses than this share of the idle time make nobody busy. */
const LONGEST_PAUSE = 0.95;

/** Follows from the random numbers alone. */
export function traceOf(
  label: Label,
  options: { random: () => number; horizonMs: number },
): Trace {
  const { random, horizonMs } = options;
  const between = (from: number, to: number) => from + random() * (to - from);
  const idleAfterMs = Math.round(between(6 * MINUTE, 25 * MINUTE));
  const steady = () => between(SECOND, LONGEST_PAUSE * idleAfterMs);

  const usesUntil = (untilMs: number, pause: () => number) => {
    const uses: number[] = [];
    for (let at = pause(); at < untilMs; at += pause()) {
      uses.push(at);
    }
    return uses;
  };
  switch (label) {
    case 'busy':
      return { label, idleAfterMs, uses: usesUntil(horizonMs, steady) };
    case 'bursty': {
      // Much at once, then nothing for almost as long as it may be.
      let left = 0;
      const pause = () => {
        left = left > 0 ? left - 1 : Math.floor(between(3, 20));
        return left > 0
          ? between(SECOND, 20 * SECOND)
          : between(0.7, LONGEST_PAUSE) * idleAfterMs;
      };
      return { label, idleAfterMs, uses: usesUntil(horizonMs, pause) };
    }
    case 'quiet': {
      // Left alone early enough that its end is seen.
      const leftAt = between(0, horizonMs - idleAfterMs - 5 * MINUTE);
      return { label, idleAfterMs, uses: usesUntil(leftAt, steady) };
    }
    default:
      return { label, idleAfterMs, uses: [] };
  }
}
