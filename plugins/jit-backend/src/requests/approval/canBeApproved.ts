/** A step, and the people who could approve it. */
export interface StaffedStep {
  count: number;
  people: string[];
}

/**
 * Whether there are enough people to approve every step, when each of them counts once.
 *
 * Finds a place for one person after the other, moving those who have one (Kuhn's matching).
 */
export function canBeApproved(steps: StaffedStep[]): boolean {
  const places = steps.flatMap(({ count, people }) =>
    Array.from({ length: count }, () => people),
  );
  /** The place that each person has. */
  const placed = new Map<string, number>();

  const fill = (place: number, tried: Set<string>): boolean =>
    places[place].some(person => {
      if (tried.has(person)) {
        return false;
      }
      tried.add(person);
      const other = placed.get(person);
      if (other !== undefined && !fill(other, tried)) {
        return false;
      }
      placed.set(person, place);
      return true;
    });

  return places.every((_people, place) => fill(place, new Set()));
}
