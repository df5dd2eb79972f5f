import fc from 'fast-check';
import { DateTime } from 'luxon';
import { outsideHours, parseWindow } from './hours';
import { HoursRules } from './Profile';

const OFFICE: HoursRules = {
  timezone: 'Europe/Berlin',
  windows: ['Mon-Fri 08:00-18:00'],
};

const at = (text: string, zone: string = OFFICE.timezone) =>
  DateTime.fromISO(text, { zone }).toMillis();

const fits = (hours: HoursRules, from: string, until: string) =>
  outsideHours({ hours, from: at(from), until: at(until) }) === undefined;

describe('parseWindow', () => {
  it('reads days and times, over the end of a week and of a day', () => {
    expect(parseWindow('Sat-Mon 22:00-06:00')).toEqual({
      days: [6, 7, 1],
      from: 22 * 60,
      to: 30 * 60,
    });
    expect(parseWindow('Wed 00:00-24:00')).toEqual({
      days: [3],
      from: 0,
      to: 24 * 60,
    });
  });
});

describe('outsideHours', () => {
  it('lets in what lies within a window, to the minute', () => {
    expect(fits(OFFICE, '2026-11-26T08:00', '2026-11-26T18:00')).toBe(true);
    expect(fits(OFFICE, '2026-11-26T07:59:59', '2026-11-26T09:00')).toBe(false);
    expect(fits(OFFICE, '2026-11-26T17:00', '2026-11-26T18:00:01')).toBe(false);
    expect(fits(OFFICE, '2026-11-28T10:00', '2026-11-28T11:00')).toBe(false);
    expect(
      outsideHours({ hours: undefined, from: 0, until: 1 }),
    ).toBeUndefined();
  });

  it('says when it ends, and when it is possible again', () => {
    const from = at('2026-11-27T17:30');
    expect(outsideHours({ hours: OFFICE, from, until: from + 3_600_000 })).toBe(
      'is for Mon-Fri 08:00-18:00 (Europe/Berlin) only: that ends at 2026-11-27T17:00:00.000Z',
    );
    const later = at('2026-11-27T18:00');
    expect(outsideHours({ hours: OFFICE, from: later, until: later })).toBe(
      'is for Mon-Fri 08:00-18:00 (Europe/Berlin) only: the next time is from 2026-11-30T07:00:00.000Z',
    );
  });

  it('goes over midnight, and over windows that touch', () => {
    const nights = { ...OFFICE, windows: ['Fri 22:00-06:00'] };
    expect(fits(nights, '2026-11-27T23:00', '2026-11-28T06:00')).toBe(true);
    expect(fits(nights, '2026-11-28T05:00', '2026-11-28T06:01')).toBe(false);
    const week = { ...OFFICE, windows: ['Mon-Fri 00:00-24:00'] };
    expect(fits(week, '2026-11-23T00:00', '2026-11-28T00:00')).toBe(true);
    expect(fits(week, '2026-11-22T23:59', '2026-11-23T01:00')).toBe(false);
  });

  it('goes by the wall clock on the days that are an hour short or long', () => {
    const sundays = { ...OFFICE, windows: ['Sun 08:00-18:00'] };
    for (const day of ['2026-03-29', '2026-10-25']) {
      expect(fits(sundays, `${day}T08:00`, `${day}T18:00`)).toBe(true);
      expect(fits(sundays, `${day}T07:59`, `${day}T09:00`)).toBe(false);
      expect(fits(sundays, `${day}T17:00`, `${day}T18:01`)).toBe(false);
    }
    // 07:00 and 08:00 of the world's clock: summer time has begun, and has ended.
    expect(at('2026-03-29T08:00')).toBe(Date.parse('2026-03-29T06:00:00Z'));
    expect(at('2026-10-25T08:00')).toBe(Date.parse('2026-10-25T07:00:00Z'));
    const nights = { ...OFFICE, windows: ['Sat 22:00-06:00'] };
    const from = at('2026-10-24T22:00');
    // Nine hours long, that night.
    const nine = from + 9 * 3_600_000;
    expect(outsideHours({ hours: nights, from, until: nine })).toBeUndefined();
    expect(
      outsideHours({ hours: nights, from, until: nine + 1 }),
    ).toBeDefined();
  });

  it('is what each minute of the wall clock says', () => {
    const clock = fc.integer({ min: 4, max: 24 });
    const day = fc.constantFrom(
      'Mon',
      'Tue',
      'Wed',
      'Thu',
      'Fri',
      'Sat',
      'Sun',
    );
    const text = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
    // From four o'clock on: between two and three, some days have no time or two.
    const window = fc
      .tuple(day, day, fc.integer({ min: 4, max: 23 }), clock)
      .map(([a, b, from, to]) => `${a}-${b} ${text(from)}-${text(to)}`);
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York');
    const isOpen = (hours: HoursRules, instant: number) => {
      const local = DateTime.fromMillis(instant, { zone: hours.timezone });
      const minute = local.hour * 60 + local.minute;
      const yesterday = ((local.weekday + 5) % 7) + 1;
      return hours.windows.some(each => {
        const { days, from, to } = parseWindow(each)!;
        return (
          (days.includes(local.weekday) && from <= minute && minute < to) ||
          (days.includes(yesterday) && minute + 24 * 60 < to)
        );
      });
    };
    fc.assert(
      fc.property(
        zone,
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 400 * 24 * 4 }),
        fc.integer({ min: 1, max: 30 * 4 }),
        (timezone, windows, start, length) => {
          const hours = { timezone, windows };
          const quarter = 15 * 60_000;
          const from = Date.parse('2026-01-01T00:00:00Z') + start * quarter;
          const until = from + length * quarter;
          const expected = Array.from({ length }, (_, n) =>
            isOpen(hours, from + n * quarter),
          ).every(Boolean);
          expect(outsideHours({ hours, from, until }) === undefined).toBe(
            expected,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
