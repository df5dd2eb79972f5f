import { click, PAGE, see, TAB } from './acts.mjs';

const openDialog = profile => async page => {
  await click('button', profile)(page);
  await page.getByRole('dialog').waitFor();
};

const askToWrite = async page => {
  await openDialog(/^Ask for Orders database, read and write/)(page);
  await page.keyboard.type('OPS-123 fix order 9');
  await page.getByRole('list', { name: /^Who decides/ }).waitFor();
  await page
    .getByText(/^Is it an emergency/)
    .evaluate(element => element.scrollIntoView({ block: 'end' }));
};

const breakTheGlass = async page => {
  await click('button', /^Break the glass for/)(page);
  await page.keyboard.type('OPS-9 orders are stuck');
  await see('You get this at once.')(page);
};

/** The dialogs in which something is asked for. */
export const DIALOGS = [
  {
    name: 'dialog',
    scenario: 'usual',
    path: TAB,
    until: openDialog(/^Ask for Orders database, read and write/),
  },
  {
    name: 'dialog-parameters',
    scenario: 'usual',
    path: TAB,
    until: openDialog(/^Ask for Reports/),
  },
  {
    name: 'break',
    scenario: 'glass',
    path: TAB,
    until: breakTheGlass,
  },
  {
    name: 'colleague',
    scenario: 'glass',
    path: TAB,
    until: async page => {
      await openDialog(/^More choices for Orders database, read only/)(page);
      await page.getByLabel('For a colleague').click();
      await see(/They have to agree/)(page);
    },
  },
  {
    name: 'break',
    scenario: 'outage',
    path: PAGE,
    until: breakTheGlass,
  },
  { name: 'dialog', scenario: 'decided', path: TAB, until: askToWrite },
  {
    name: 'dialog',
    scenario: 'context',
    path: TAB,
    until: async page => {
      await openDialog(/^More choices for Orders database, read and write/)(
        page,
      );
      await page.keyboard.type('OPS-123 fix order 9');
      await page.getByRole('list', { name: /^Who decides/ }).waitFor();
    },
  },
  {
    name: 'longer',
    scenario: 'soon',
    path: TAB,
    until: async page => {
      await page.getByRole('button', { name: /^Extend / }).click();
      await page.getByRole('menuitem', { name: /^Ask for 1 h more/ }).click();
      await page.getByRole('list', { name: /^Who decides/ }).waitFor();
    },
  },
  {
    name: 'dialog',
    scenario: 'long',
    path: TAB,
    until: openDialog(/^Ask for z/),
  },
  {
    name: 'dialog',
    scenario: 'limited',
    path: TAB,
    until: async page => {
      await openDialog(/^More choices for Orders database, read only/)(page);
      await click('button', 'Ask')(page);
      await see(/allows one lease per person/)(page);
    },
  },
];
