import { GlassMoment } from './GlassMoment';

/** The catalog goes away and comes back, says something else of the person, and is copied, at any moment. */
export function catalogActs(moment: GlassMoment): void {
  const { base, copy, emit, configuration } = moment;
  const { catalog, budget, world } = base;
  if (!catalog.answers) {
    const glass = copy();
    glass.catalog.answers = true;
    emit({ label: 'the catalog is back', glass, calm: true });
  } else if (budget.outages > 0) {
    const glass = copy();
    glass.catalog.answers = false;
    glass.budget.outages -= 1;
    emit({ label: 'the catalog goes away', glass, calm: false });
  }
  if (budget.changes > 0) {
    for (const person of configuration.persons) {
      if (person !== catalog.person) {
        const glass = copy();
        glass.catalog.person = person;
        glass.budget.changes -= 1;
        emit({ label: `the person is now: ${person}`, glass, calm: false });
      }
    }
  }
  // Where it does not go away nobody needs the copy.
  if (catalog.answers && budget.outages > 0) {
    const glass = copy();
    glass.copy = { takenAt: world.now, person: catalog.person };
    emit({ label: 'the catalog is copied', glass, calm: false });
  }
}
