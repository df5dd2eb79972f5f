import { AWAY, click, openView, PAGE, see, TAB } from './acts.mjs';

const openEnvironments = openView('Environments', 'db.example.com');

/** Environments, wherever they are. */
export const ENVIRONMENTS = [
  {
    name: 'page',
    scenario: 'environments',
    path: PAGE,
    until: openEnvironments,
  },
  {
    name: 'month',
    scenario: 'environments',
    path: PAGE,
    until: async page => {
      await openEnvironments(page);
      await page
        .getByRole('region', { name: /^Cost and savings/ })
        .evaluate(element => element.scrollIntoView({ block: 'end' }));
    },
  },
  {
    name: 'protect',
    scenario: 'environments',
    path: TAB,
    until: async page => {
      await click('button', /^Protect/)(page);
      await see('It does not end before')(page);
    },
  },
  {
    name: 'environments',
    scenario: 'copies',
    path: PAGE,
    until: openEnvironments,
  },
  {
    name: 'restore',
    scenario: 'copies',
    path: PAGE,
    until: async page => {
      await openEnvironments(page);
      await click('button', /^Restore/)(page);
      await see('Restore it')(page);
    },
  },
  {
    name: 'environments',
    scenario: 'bundles',
    path: PAGE,
    until: openEnvironments,
  },
  {
    name: 'environments',
    scenario: 'away',
    path: PAGE,
    until: openView('Environments', AWAY),
  },
  {
    name: 'environments',
    scenario: 'nothing',
    path: PAGE,
    until: openView('Environments', /^No environment lives/),
  },
];
