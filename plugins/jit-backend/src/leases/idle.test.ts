import fc from 'fast-check';
import { isLookDue } from '../activity/isLookDue';
import { activeLease, BEGIN, draftOf } from './__testUtils__/activeLease';
import { applyIdleness, idleEndsAt, withSighting } from './idle';
import { LeaseRecord } from './records';

const SECOND = 1_000;
const MINUTE = 60_000;
const EVERY_MS = MINUTE;
const HOLDS_MS = 2 * MINUTE;
/** How often it is asked whether a look is due. */
const TICK_MS = 5 * SECOND;

/** How an outside system shows use. */
type Nature = 'times' | 'counters' | 'both';

interface Trace {
  afterMs: number;
  warnMs?: number;
  nature: Nature;
  /** When it is really used, since the begin. */
  uses: number[];
  /** When nobody can look, since the begin. */
  blind?: Array<{ from: number; to: number }>;
  protectedUntil?: number;
  /** How long it is followed. */
  forMs: number;
}

interface Course {
  endedAt?: number;
  warnings: number[];
  looks: number;
}

/** Follows a lease by the engine's own rules: looks when one is due, writes what it shows, decides. */
function follow(trace: Trace): Course {
  const { afterMs, warnMs, nature, uses, blind = [], forMs } = trace;
  let lease: LeaseRecord = activeLease({
    idleAfterMs: afterMs,
    idleWarnMs: warnMs,
    protectedUntil: trace.protectedUntil && BEGIN + trace.protectedUntil,
  });
  const course: Course = { warnings: [], looks: 0 };
  let lookedAt: number | undefined;
  for (let at = 0; at <= forMs; at += TICK_MS) {
    const now = BEGIN + at;
    const sinceLookMs = lookedAt === undefined ? undefined : at - lookedAt;
    if (isLookDue({ leases: [lease], everyMs: EVERY_MS, sinceLookMs, now })) {
      lookedAt = at;
      course.looks += 1;
      if (!blind.some(({ from, to }) => from <= at && at <= to)) {
        lease = withSighting(lease, sightingAt(at, { nature, uses }));
      }
    }
    const draft = draftOf(lease);
    applyIdleness(draft, draft.leases[0], { now, holdsMs: HOLDS_MS });
    lease = draft.leases[0];
    if (draft.events.some(({ type }) => type === 'lease.idle-warned')) {
      course.warnings.push(at);
    }
    if (lease.state === 'revoking') {
      return { ...course, endedAt: at };
    }
  }
  return course;
}

function sightingAt(
  at: number,
  { nature, uses }: Pick<Trace, 'nature' | 'uses'>,
) {
  const past = uses.filter(use => use <= at);
  return {
    lookBeganAt: BEGIN + at,
    at: BEGIN + at,
    ...(nature !== 'counters' && { idleForMs: at - Math.max(0, ...past) }),
    ...(nature !== 'times' && { counter: String(past.length) }),
  };
}

function lastUseBefore(uses: number[], at: number): number {
  return Math.max(0, ...uses.filter(use => use <= at));
}

const natures = fc.constantFrom<Nature>('times', 'counters', 'both');
const times = fc.record({
  afterMs: fc.integer({ min: 5, max: 120 }).map(minutes => minutes * MINUTE),
  warns: fc.boolean(),
  nature: natures,
});
const HOURS_6 = 6 * 60 * MINUTE;
const moments = fc.array(fc.integer({ min: 0, max: HOURS_6 }), {
  maxLength: 40,
});

describe('idleness', () => {
  it('never ends what was used within its idle time, and warns first', () => {
    fc.assert(
      fc.property(
        times,
        moments,
        fc.array(
          fc
            .tuple(fc.nat(HOURS_6), fc.nat(60 * MINUTE))
            .map(([from, lasts]) => ({ from, to: from + lasts })),
          { maxLength: 4 },
        ),
        fc.option(fc.nat(HOURS_6), { nil: undefined }),
        ({ afterMs, warns, nature }, uses, blind, protectedUntil) => {
          const warnMs = warns ? afterMs / 5 : undefined;
          const { endedAt, warnings } = follow({
            afterMs,
            warnMs,
            nature,
            uses,
            blind,
            protectedUntil,
            forMs: HOURS_6,
          });
          if (endedAt === undefined) {
            return;
          }
          const used = lastUseBefore(uses, endedAt);
          expect(endedAt - used).toBeGreaterThanOrEqual(afterMs);
          expect(endedAt).toBeGreaterThanOrEqual(protectedUntil ?? 0);
          expect(
            blind.some(({ from, to }) => from <= endedAt && endedAt <= to),
          ).toBe(false);
          const warned = warns ? warnings.at(-1) : endedAt;
          expect(warned).toBeGreaterThanOrEqual(used);
          expect(endedAt - warned!).toBeGreaterThanOrEqual((warnMs ?? 0) / 2);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends what nobody uses within its idle time and a minute, by few looks', () => {
    let quiet = 0;
    let inTime = 0;
    fc.assert(
      fc.property(times, moments, ({ afterMs, warns, nature }, early) => {
        // Used for a while, then never again.
        const uses = early
          .map(use => use % (30 * MINUTE))
          .sort((a, b) => a - b)
          .filter((use, index, all) => use - (all[index - 1] ?? 0) < afterMs);
        const warnMs = warns ? afterMs / 5 : undefined;
        const { endedAt, looks } = follow({
          afterMs,
          warnMs,
          nature,
          uses,
          forMs: HOURS_6,
        });
        quiet += 1;
        const last = lastUseBefore(uses, endedAt ?? 0);
        if (endedAt !== undefined && endedAt - last <= afterMs + MINUTE) {
          inTime += 1;
        }
        expect(looks).toBeLessThanOrEqual((endedAt ?? HOURS_6) / MINUTE + 6);
      }),
      // A share is one of a sample: of the same each time.
      { numRuns: 300, seed: 1 },
    );
    expect(inTime / quiet).toBeGreaterThanOrEqual(0.95);
  });

  describe.each<Nature>(['times', 'counters', 'both'])(
    'over a day, seen by %s',
    nature => {
      const afterMs = 20 * MINUTE;
      const day = 24 * 60 * MINUTE;
      const every = (ms: number) =>
        Array.from({ length: Math.floor(day / ms) }, (_, n) => n * ms);
      const traces: Record<string, number[]> = {
        'busy: each second': every(SECOND * 30),
        'busy: a short use each quarter of an hour': every(15 * MINUTE),
        'bursty: five minutes of work, then almost the idle time of nothing':
          every(24 * MINUTE).flatMap(begin =>
            [0, 1, 2, 3, 4, 5].map(minute => begin + minute * MINUTE),
          ),
        'bursty: bursts at odd seconds, between two looks': every(
          13 * MINUTE,
        ).map((begin, n) => begin + (n % 60) * SECOND + 7 * SECOND),
      };

      it.each(Object.entries(traces))('keeps what is %s', (_name, uses) => {
        const course = follow({
          afterMs,
          warnMs: 5 * MINUTE,
          nature,
          uses,
          forMs: day - afterMs,
        });
        expect(course.endedAt).toBeUndefined();
      });

      it.each([
        ['quiet: never used, and only our looks', [], 0],
        ['quiet: left after an hour', every(MINUTE).slice(0, 60), 59 * MINUTE],
      ])('ends what is %s', (_name, uses, last) => {
        const { endedAt, warnings } = follow({
          afterMs,
          warnMs: 5 * MINUTE,
          nature,
          uses,
          forMs: day,
        });
        expect(endedAt).toBeLessThanOrEqual(last + afterMs + MINUTE);
        expect(endedAt).toBeGreaterThanOrEqual(last + afterMs);
        expect(warnings).toHaveLength(1);
      });
    },
  );

  it('tells again after it was used again, and takes the first warning back', () => {
    const lease = activeLease({ idleAfterMs: 20 * MINUTE, idleWarnMs: MINUTE });
    const look = (of: LeaseRecord, at: number, idleForMs: number) => {
      const draft = draftOf(
        withSighting(of, { lookBeganAt: at, at, idleForMs }),
      );
      applyIdleness(draft, draft.leases[0], { now: at, holdsMs: HOLDS_MS });
      return {
        lease: draft.leases[0],
        events: draft.events.map(({ type }) => type),
      };
    };
    const warned = look(lease, BEGIN + 19 * MINUTE, 19 * MINUTE);
    expect(warned.events).toEqual(['lease.idle-warned']);
    expect(
      look(warned.lease, BEGIN + 19.5 * MINUTE, 19.5 * MINUTE).events,
    ).toEqual([]);
    const used = look(warned.lease, BEGIN + 19.9 * MINUTE, 0);
    expect(used.events).toEqual(['lease.used-again']);
    expect(idleEndsAt(used.lease)).toBe(BEGIN + 39.9 * MINUTE);
    const again = look(used.lease, BEGIN + 39 * MINUTE, 19.1 * MINUTE);
    expect(again.events).toEqual(['lease.idle-warned']);
    expect(
      look(again.lease, BEGIN + 40 * MINUTE, 20.1 * MINUTE).events,
    ).toEqual(['lease.idle']);
  });

  it('concludes nothing from a look that can tell nothing, or is old', () => {
    const lease = activeLease({ idleAfterMs: MINUTE });
    const at = BEGIN + 10 * MINUTE;
    expect(withSighting(lease, { lookBeganAt: at, at })).toBe(lease);
    const seen = withSighting(lease, {
      lookBeganAt: at,
      at,
      idleForMs: 10 * MINUTE,
    });
    const decide = (now: number) => {
      const draft = draftOf(seen);
      applyIdleness(draft, draft.leases[0], { now, holdsMs: HOLDS_MS });
      return draft.leases[0].state;
    };
    expect(decide(at + HOLDS_MS + 1)).toBe('active');
    expect(decide(at + 1)).toBe('revoking');
  });
});
