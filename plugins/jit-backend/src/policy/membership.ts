/**
 * Every group a user is in: those they are in directly, and those above them. Cycles are cut; a group that does not exist does
 * not count.
 *
 * @returns refs in order of their names.
 */
export function groupsOf(options: {
  /** The groups the user is in directly. */
  user: string[];
  /** For each group that exists, the groups directly above it. */
  parents: ReadonlyMap<string, string[]>;
}): string[] {
  const { user, parents } = options;
  const groups = new Set<string>();
  const left = [...user];
  while (left.length > 0) {
    const ref = left.pop()!;
    const above = parents.get(ref);
    if (above && !groups.has(ref)) {
      groups.add(ref);
      left.push(...above);
    }
  }
  return [...groups].sort();
}
