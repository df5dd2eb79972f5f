import { AWAY, click, openView, PAGE, see } from './acts.mjs';

const everything = async page => {
  await click('tab', 'Everything')(page);
  await page.getByRole('region', { name: 'Connections' }).waitFor();
};

/** The page: what the reader has, and everything for operators. */
export const PAGES = [
  { name: 'page', scenario: 'usual', path: PAGE, until: see('Past') },
  { name: 'page', scenario: 'full', path: PAGE, until: see('Past') },
  { name: 'everything', scenario: 'full', path: PAGE, until: everything },
  { name: 'page', scenario: 'bundles', path: PAGE, until: see('Past') },
  { name: 'page', scenario: 'empty', path: PAGE, until: see(/nothing yet/) },
  { name: 'page', scenario: 'waiting', path: PAGE, until: see('Waiting') },
  { name: 'page', scenario: 'failing', path: PAGE, until: see('Live') },
  { name: 'everything', scenario: 'stuck', path: PAGE, until: everything },
  { name: 'page', scenario: 'glass', path: PAGE, until: see('Reviews due') },
  {
    name: 'review',
    scenario: 'glass',
    path: PAGE,
    until: async page => {
      await click('button', /^Review /)(page);
      await see(/It cannot be taken back/)(page);
    },
  },
  { name: 'page', scenario: 'outage', path: PAGE, until: see(/^In an emer/) },
  {
    name: 'page',
    scenario: 'outage-first',
    path: PAGE,
    until: see(/nothing yet/),
  },
  { name: 'page', scenario: 'ended', path: PAGE, until: see('Past') },
  { name: 'page', scenario: 'long', path: PAGE, until: see('Live') },
  { name: 'page', scenario: 'down', path: PAGE, until: see(/be reached/) },
  {
    name: 'page',
    scenario: 'slow',
    path: PAGE,
    passes: true,
    until: see(/longer than usual/),
  },
  {
    name: 'everything',
    scenario: 'away',
    path: PAGE,
    until: openView('Everything', AWAY),
  },
  { name: 'everything', scenario: 'nothing', path: PAGE, until: everything },
];
