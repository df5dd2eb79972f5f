import { Lease } from '@backstage-jit/plugin-jit-common';

/** When what a lease gave was there. */
export interface Life {
  lease: Lease;
  /** Epoch milliseconds. */
  from: number;
  /** Epoch milliseconds; now, while it is still there. */
  to: number;
  /** Whether it is still there, or may be. */
  goesOn: boolean;
}

/** A stretch of time that is looked at, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** A part of a span, in percent of it. */
export interface Place {
  left: number;
  width: number;
}

/** The lives that reach into a span, the latest begin first. What was never there has none. */
export function livesIn(leases: Lease[], span: Span, now: number): Life[] {
  return leases
    .map(lease => lifeOf(lease, now))
    .filter((life): life is Life => life !== undefined)
    .filter(({ from, to }) => to >= span.from && from <= span.to)
    .sort((a, b) => b.from - a.from);
}

/** Those of the same target together, the one with the latest begin first. */
export function byTarget(lives: Life[]): Life[] {
  const targets = new Map<string | undefined, Life[]>();
  for (const life of lives) {
    const { entityRef } = life.lease;
    targets.set(entityRef, [...(targets.get(entityRef) ?? []), life]);
  }
  return [...targets.values()].flat();
}

function lifeOf(lease: Lease, now: number): Life | undefined {
  const { grantedAt, verifiedAt, endedAt, keptUntil, state, verified } = lease;
  if (!grantedAt) {
    return undefined;
  }
  // What nobody could look at is there until its end as far as anybody knows. A closed copy is there for nobody.
  const atItsEnd = verified === false || keptUntil !== undefined;
  const gone = atItsEnd ? endedAt : verifiedAt;
  const goesOn = state !== 'revoked' && keptUntil === undefined;
  return {
    lease,
    from: Date.parse(grantedAt),
    to: goesOn || !gone ? now : Date.parse(gone),
    goesOn,
  };
}

/** Where a stretch of time stands in a span. */
export function placeIn(span: Span, part: Span): Place {
  const whole = span.to - span.from;
  const clip = (instant: number) =>
    Math.min(Math.max(instant, span.from), span.to);
  const from = clip(part.from);
  return {
    left: ((from - span.from) / whole) * 100,
    width: ((clip(part.to) - from) / whole) * 100,
  };
}

/** The full steps of the reader's own time zone in a span, at most about five of them. */
export function ticksIn(span: Span): number[] {
  const hours = (span.to - span.from) / 3_600_000;
  const step = hours <= 24 ? { hours: 6 } : { days: Math.ceil(hours / 24 / 5) };
  const ticks: number[] = [];
  const date = new Date(span.to);
  date.setHours(0, 0, 0, 0);
  if (step.hours) {
    date.setDate(date.getDate() + 1);
  }
  while (date.getTime() >= span.from) {
    if (date.getTime() <= span.to) {
      ticks.unshift(date.getTime());
    }
    if (step.hours) {
      date.setHours(date.getHours() - step.hours);
    } else {
      date.setDate(date.getDate() - (step.days ?? 1));
    }
  }
  return ticks;
}
