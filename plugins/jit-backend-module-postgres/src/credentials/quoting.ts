/** One word for a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+-]+$/.test(text)
    ? text
    : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** A value in libpq's `key=value` form. */
export function conninfoValue(text: string): string {
  return /^[A-Za-z0-9_./:@%+-]+$/.test(text)
    ? text
    : `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A part of a URL; also what `encodeURIComponent` leaves, so that a shell sees no quote in it. */
export function urlPart(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
