interface FormatOptions {
  /** What counts as today; epoch milliseconds. */
  now: number;
  seconds?: boolean;
}

/** An instant in the reader's own time zone and language: the time alone today, else with its date. */
export function formatInstant(
  instant: string | number,
  options: FormatOptions,
): string {
  const date = new Date(instant);
  const today = new Date(options.now);
  const time: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    ...(options.seconds && { second: '2-digit' }),
  };
  if (date.toDateString() === today.toDateString()) {
    return date.toLocaleTimeString(undefined, time);
  }
  return date.toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() !== today.getFullYear() && { year: 'numeric' }),
    ...time,
  });
}

/** The whole of it, for hovering over: date, time with seconds, time zone. */
export function formatInstantFully(instant: string | number): string {
  return new Date(instant).toLocaleString(undefined, {
    dateStyle: 'full',
    timeStyle: 'long',
  });
}
