/** Lone surrogates, and control characters other than tab and line ends: no database keeps them all as they are. */
const UNSTORABLE = /\p{Cs}|(?![\t\n\r])\p{Cc}/u;

/** Whether text comes back from every database as it went in. */
export function isStorableText(value: string): boolean {
  return !UNSTORABLE.test(value);
}
