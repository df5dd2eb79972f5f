import { click, openView, PAGE, see } from './acts.mjs';

const openApprovals = text => openView(/^Approvals/, text);

/** The inbox of who decides. */
export const APPROVALS = [
  {
    name: 'inbox',
    scenario: 'approvals',
    path: PAGE,
    until: openApprovals(/^Before: /),
  },
  {
    name: 'inbox-many',
    scenario: 'approvals',
    path: PAGE,
    until: async page => {
      await openApprovals(/^Before: /)(page);
      await page.getByRole('checkbox').first().check();
      await click('button', 'Choose all of these')(page);
      await click('button', 'Give less…')(page);
      await click('button', 'Deny these')(page);
    },
  },
  {
    name: 'inbox-end',
    scenario: 'approvals',
    path: PAGE,
    until: async page => {
      await openApprovals(/^Before: /)(page);
      const deny = page.getByRole('button', { name: /^Deny Orders/ }).nth(1);
      await page
        .getByLabel(/^Comment/)
        .nth(1)
        .fill('Not in office hours');
      await deny.click();
      await page.getByRole('button', { name: /^Hide/ }).waitFor();
      await page.evaluate(() =>
        document
          .querySelector('ul[aria-label="Requests to decide about"]')
          .lastElementChild.scrollIntoView(),
      );
    },
  },
  {
    name: 'inbox',
    scenario: 'outrun',
    path: PAGE,
    until: async page => {
      await openApprovals(/^Before: /)(page);
      await page.getByLabel(/^Comment/).fill('For this release');
      await click('button', /^Approve/)(page);
      await see(/it is at revision 2/)(page);
    },
  },
  {
    name: 'inbox',
    scenario: 'empty',
    path: PAGE,
    until: openApprovals('Nothing waits for your decision'),
  },
  {
    name: 'inbox',
    scenario: 'down',
    path: PAGE,
    until: openApprovals(/be reached/),
  },
  {
    name: 'inbox',
    scenario: 'outage',
    path: PAGE,
    until: openApprovals(/^The catalog/),
  },
  {
    name: 'inbox',
    scenario: 'context',
    path: PAGE,
    until: openApprovals(/^Not at once/),
  },
];
