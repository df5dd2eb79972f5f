const MOST = 20;
const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/;
/** Without control, format and private characters, and without separators other than a space: nothing that cannot be seen. */
const VALUE = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;
/** `https://user:password@host`: the one secret that can be told by its looks. */
const CREDENTIALS_IN_URL = /:\/\/[^/\s]*:[^/\s]*@/;

/**
 * Those of a provider's connection facts that the ledger keeps: few, short, and plain to see.
 *
 * @returns `kept`: undefined when none were given; `refused`: how many were left out
 */
export function sortFacts(facts: Record<string, string> | undefined): {
  kept?: Record<string, string>;
  refused: number;
} {
  if (facts === undefined) {
    return { refused: 0 };
  }
  const given = Object.entries(facts);
  const fitting = given
    .filter(
      ([name, value]) =>
        NAME.test(name) &&
        typeof value === 'string' &&
        VALUE.test(value) &&
        !CREDENTIALS_IN_URL.test(value),
    )
    .slice(0, MOST);
  return {
    kept: Object.fromEntries(fitting),
    refused: given.length - fitting.length,
  };
}
