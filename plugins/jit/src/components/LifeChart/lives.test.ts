import { aLease } from '../../__testUtils__';
import { byTarget, livesIn, placeIn, ticksIn } from './lives';

const NOW = Date.parse('2031-05-06T09:30:00Z');
const HOUR = 3_600_000;
const span = (days: number) => ({ from: NOW - days * 24 * HOUR, to: NOW });
const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString();

it('knows when each was there: what nobody can look at until its end, what is not gone until now', () => {
  const lives = livesIn(
    [
      aLease(NOW, { id: 'never', grantedAt: undefined }),
      aLease(NOW, { id: 'active', grantedAt: at(-2) }),
      aLease(NOW, { id: 'ending', state: 'revoking', grantedAt: at(-3) }),
      aLease(NOW, {
        id: 'gone',
        state: 'revoked',
        grantedAt: at(-6),
        endedAt: at(-5),
        verifiedAt: at(-4),
      }),
      aLease(NOW, {
        id: 'unverified',
        state: 'revoked',
        grantedAt: at(-9),
        endedAt: at(-8),
        verified: false,
      }),
      aLease(NOW, {
        id: 'closed',
        state: 'revoking',
        grantedAt: at(-12),
        endedAt: at(-11),
        keptUntil: at(13),
      }),
      aLease(NOW, {
        id: 'before',
        state: 'revoked',
        grantedAt: at(-30),
        verifiedAt: at(-25),
      }),
    ],
    span(1),
    NOW,
  );
  expect(
    lives.map(({ lease, from, to, goesOn }) => [
      lease.id,
      (from - NOW) / HOUR,
      (to - NOW) / HOUR,
      goesOn,
    ]),
  ).toEqual([
    ['active', -2, 0, true],
    ['ending', -3, 0, true],
    ['gone', -6, -4, false],
    ['unverified', -9, -8, false],
    ['closed', -12, -11, false],
  ]);
});

it('still goes on after a span that is over', () => {
  const yesterday = { from: NOW - 48 * HOUR, to: NOW - 24 * HOUR };
  const [life] = livesIn([aLease(NOW, { grantedAt: at(-30) })], yesterday, NOW);
  expect(life).toMatchObject({ to: NOW, goesOn: true });
  expect(placeIn(yesterday, life)).toEqual({ left: 75, width: 25 });
});

it('keeps together what was on the same target', () => {
  const lives = livesIn(
    [
      aLease(NOW, {
        id: 'a1',
        entityRef: 'resource:default/a',
        grantedAt: at(-1),
      }),
      aLease(NOW, {
        id: 'b1',
        entityRef: 'resource:default/b',
        grantedAt: at(-2),
      }),
      aLease(NOW, { id: 'none', entityRef: undefined, grantedAt: at(-3) }),
      aLease(NOW, {
        id: 'a2',
        entityRef: 'resource:default/a',
        grantedAt: at(-4),
      }),
    ],
    span(1),
    NOW,
  );
  expect(byTarget(lives).map(({ lease }) => lease.id)).toEqual([
    'a1',
    'a2',
    'b1',
    'none',
  ]);
});

it('places what reaches out of the span at its edge', () => {
  const day = span(1);
  const place = (from: number, to: number) =>
    placeIn(day, { from: NOW + from * HOUR, to: NOW + to * HOUR });
  expect(place(-12, -6)).toEqual({ left: 50, width: 25 });
  expect(place(-48, -18)).toEqual({ left: 0, width: 25 });
  expect(place(-6, 12)).toEqual({ left: 75, width: 25 });
});

it.each([1, 7, 30])(
  'marks full days or hours of %s days in the reader’s own zone, a few of them',
  days => {
    const ticks = ticksIn(span(days));
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
    for (const tick of ticks) {
      expect(tick).toBeGreaterThanOrEqual(span(days).from);
      expect(tick).toBeLessThanOrEqual(NOW);
      const hour = new Date(tick).getHours();
      expect(days === 1 ? hour % 6 : hour).toBe(0);
    }
  },
);
