import { DateTime } from 'luxon';
import { HoursRules, HoursWindow } from './Profile';

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/** How far ahead the next window is looked for. */
const AHEAD_MS = 8 * DAY_MS;

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const WINDOW =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? (\d\d):(\d\d)-(\d\d):(\d\d)$/;

/**
 * Reads `Mon-Fri 08:00-18:00`. A window that ends at or before its beginning goes on into the next day.
 *
 * @returns undefined for what is none
 */
export function parseWindow(text: string): HoursWindow | undefined {
  const match = WINDOW.exec(text);
  if (!match) {
    return undefined;
  }
  const [, first, last = first] = match;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(3).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  const isClock =
    fromMinute < 60 && toMinute < 60 && from < DAY_MINUTES && to <= DAY_MINUTES;
  if (!isClock) {
    return undefined;
  }
  const start = DAYS.indexOf(first);
  const length = ((DAYS.indexOf(last) - start + 7) % 7) + 1;
  return {
    // As ISO 8601 counts: 1 is Monday.
    days: Array.from({ length }, (_, n) => ((start + n) % 7) + 1),
    from,
    to: to > from ? to : to + DAY_MINUTES,
  };
}

export function isTimezone(name: string): boolean {
  return DateTime.local({ zone: name }).isValid;
}

/**
 * Whether a whole stretch of time lies within hours, by the wall clock of their timezone. Windows that touch are one.
 *
 * @param options - instants; `until` is not before `from`
 * @returns why not, as a sentence that goes on after the title of a profile; undefined when it does
 */
export function outsideHours(options: {
  hours: HoursRules | undefined;
  from: number;
  until: number;
}): string | undefined {
  const { hours, from, until } = options;
  if (!hours) {
    return undefined;
  }
  const open = openTimes(hours, from, Math.max(until, from + AHEAD_MS));
  const now = open.find(each => each.from <= from && from < each.until);
  if (now && until <= now.until) {
    return undefined;
  }
  const named = `${hours.windows.join(', ')} (${hours.timezone})`;
  if (now) {
    return `is for ${named} only: that ends at ${iso(now.until)}`;
  }
  const next = open.find(each => each.from > from);
  return `is for ${named} only${
    next ? `: the next time is from ${iso(next.from)}` : ''
  }`;
}

interface OpenTime {
  from: number;
  until: number;
}

/** The times within the hours that have to do with a stretch of time, in order, none touching another. */
function openTimes(
  { timezone, windows }: HoursRules,
  from: number,
  until: number,
): OpenTime[] {
  const parsed = windows.flatMap(each => parseWindow(each) ?? []);
  const times: OpenTime[] = [];
  // Two days before: a window of yesterday may still be open, whatever the timezone.
  let day = DateTime.fromMillis(from - 2 * DAY_MS, { zone: timezone }).startOf(
    'day',
  );
  while (day.toMillis() <= until) {
    for (const window of parsed) {
      if (window.days.includes(day.weekday)) {
        times.push({
          from: atMinute(day, window.from),
          until: atMinute(day, window.to),
        });
      }
    }
    day = day.plus({ days: 1 });
  }
  return merged(times);
}

/** By the wall clock: on a day that is an hour short or long, too. */
function atMinute(day: DateTime, minute: number): number {
  return day
    .plus({ days: Math.floor(minute / DAY_MINUTES) })
    .set({ hour: Math.floor((minute % DAY_MINUTES) / 60), minute: minute % 60 })
    .toMillis();
}

function merged(times: OpenTime[]): OpenTime[] {
  const result: OpenTime[] = [];
  for (const time of [...times].sort((a, b) => a.from - b.from)) {
    const last = result[result.length - 1];
    if (last && time.from <= last.until) {
      last.until = Math.max(last.until, time.until);
    } else {
      result.push({ ...time });
    }
  }
  return result;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
