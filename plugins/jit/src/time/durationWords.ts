import { Translate } from '../translation';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in two units at most: "45 s", "24 min", "1 h 30 min", "2 d 3 h". Begun units count as whole ones. */
export function durationWords(t: Translate, ms: number): string {
  if (ms < 2 * MINUTE) {
    const seconds = Math.max(0, Math.ceil(ms / SECOND));
    return seconds < 60
      ? t('time.seconds', { n: String(seconds) })
      : two(t, 'time.minutes', 'time.seconds', seconds, 60);
  }
  const minutes = Math.ceil(ms / MINUTE);
  if (minutes < 60) {
    return t('time.minutes', { n: String(minutes) });
  }
  if (ms < 2 * DAY) {
    return two(t, 'time.hours', 'time.minutes', minutes, 60);
  }
  return two(t, 'time.days', 'time.hours', Math.ceil(ms / HOUR), 24);
}

type Unit = 'time.days' | 'time.hours' | 'time.minutes' | 'time.seconds';

function two(
  t: Translate,
  large: Unit,
  small: Unit,
  total: number,
  perLarge: number,
): string {
  const rest = total % perLarge;
  const words = t(large, { n: String(Math.floor(total / perLarge)) });
  return rest ? `${words} ${t(small, { n: String(rest) })}` : words;
}
