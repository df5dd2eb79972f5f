import { AWAY, click, openView, PAGE } from './acts.mjs';

const openTrail = async page => {
  await click('tab', 'Trail')(page);
  await page.getByRole('list', { name: 'Leases of the period' }).waitFor();
};

/** The trail. */
export const TRAIL = [
  { name: 'trail', scenario: 'full', path: PAGE, until: openTrail },
  { name: 'trail', scenario: 'glass', path: PAGE, until: openTrail },
  {
    name: 'trail',
    scenario: 'away',
    path: PAGE,
    until: openView('Trail', AWAY),
  },
  {
    name: 'trail',
    scenario: 'nothing',
    path: PAGE,
    until: openView('Trail', /^Nothing in this period/),
  },
];
