/** An instant as a datetime-local field has it: in the reader's own time zone, to the minute that has begun. */
export function toLocalField(instant: number): string {
  const date = new Date(instant);
  const pad = (n: number) => String(n).padStart(2, '0');
  const day = [
    date.getFullYear(),
    pad(date.getMonth() + 1),
    pad(date.getDate()),
  ].join('-');
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}
