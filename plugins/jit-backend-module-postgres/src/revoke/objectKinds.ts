/**
 * What holds data, or is a place for it, and so goes to `reassignTo`; and what `DROP OWNED` removes with the role. Everything else that the
 * role owns is code, or a way out of the database, and is dropped.
 */
export const KEPT_KINDS: readonly string[] = [
  'table',
  'sequence',
  'schema',
  'type',
  'large object',
  'default acl',
  'user mapping',
];

/** How `DROP` calls the kinds of `pg_identify_object`. First what others belong to. */
const DROP_WORDS: Record<string, string> = {
  extension: 'EXTENSION',
  publication: 'PUBLICATION',
  'event trigger': 'EVENT TRIGGER',
  'materialized view': 'MATERIALIZED VIEW',
  view: 'VIEW',
  'foreign table': 'FOREIGN TABLE',
  server: 'SERVER',
  'foreign-data wrapper': 'FOREIGN DATA WRAPPER',
  aggregate: 'ROUTINE',
  procedure: 'ROUTINE',
  function: 'ROUTINE',
  operator: 'OPERATOR',
  'operator class': 'OPERATOR CLASS',
  'operator family': 'OPERATOR FAMILY',
  language: 'LANGUAGE',
  conversion: 'CONVERSION',
  collation: 'COLLATION',
  'statistics object': 'STATISTICS',
  'text search configuration': 'TEXT SEARCH CONFIGURATION',
  'text search dictionary': 'TEXT SEARCH DICTIONARY',
};

/** Those whose `DROP` names one thing only. */
const ONE_BY_ONE = ['OPERATOR CLASS', 'OPERATOR FAMILY', 'LANGUAGE'];

/** Undefined for a kind that this release does not know how to drop. */
export function dropWord(kind: string): string | undefined {
  return DROP_WORDS[kind];
}

/** Groups what one `DROP` can name, in the order in which to drop. */
export function dropGroups<T extends { kind: string }>(
  things: T[],
): Array<{ word: string; things: T[] }> {
  const kinds = Object.keys(DROP_WORDS);
  const sorted = [...things].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
  );
  const groups: Array<{ word: string; things: T[] }> = [];
  for (const thing of sorted) {
    const word = DROP_WORDS[thing.kind];
    const last = groups.at(-1);
    if (last?.word === word && !ONE_BY_ONE.includes(word)) {
      last.things.push(thing);
    } else {
      groups.push({ word, things: [thing] });
    }
  }
  return groups;
}
