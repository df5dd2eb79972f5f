import { AxeBuilder } from '@axe-core/playwright';

/**
 * What is looked at besides what axe looks at by itself: people who speak to their computer say what they see.
 */
const MORE_RULES = { 'label-content-name-mismatch': { enabled: true } };

/** What Backstage brings and we cannot mend, by where it is: everything else on a page is looked at. */
const NOT_OURS = [
  // Backstage UI announces routes there, outside of every landmark.
  { selector: '.bui-VisuallyHidden' },
];

/** @returns all that axe finds to complain of on the page as it is, a line each */
export async function findComplaints(page) {
  const builder = new AxeBuilder({ page }).options({ rules: MORE_RULES });
  for (const { selector } of NOT_OURS) {
    builder.exclude(selector);
  }
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
