import { Instant } from './records';

/** An instant in words, to the minute: "2030-01-01 09:00 UTC". */
export function utcMinute(instant: Instant): string {
  return `${new Date(instant)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')} UTC`;
}
