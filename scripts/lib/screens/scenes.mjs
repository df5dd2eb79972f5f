/** The entity's tab in the harness of plugins/jit, its card, and the page. */
const TAB = '/catalog/default/resource/orders-db';
const CARD = `${TAB}#card`;
const PAGE = '/just-in-time';

const first = (page, role, name) => page.getByRole(role, { name }).first();

const click = (role, name) => page => first(page, role, name).click();

const see = text => page => page.getByText(text).first().waitFor();

const OFFERS = see('What you can have here');

const openDialog = profile => async page => {
  await click('button', profile)(page);
  await page.getByRole('dialog').waitFor();
};

const openHistory = async page => {
  await click('button', /^History of/)(page);
  await see('Ready to use')(page);
};

const showCredentials = async page => {
  await click('button', /^Credentials of/)(page);
  await see('Forget them now')(page);
};

const everything = async page => {
  await click('tab', 'Everything')(page);
  await page.getByRole('region', { name: 'Connections' }).waitFor();
};

const openApprovals = text => async page => {
  await click('tab', /^Approvals/)(page);
  await see(text)(page);
};

const openEnvironments = async page => {
  await click('tab', 'Environments')(page);
  await see('db.example.com')(page);
};

const askToWrite = async page => {
  await openDialog(/^Ask for Orders database, read and write/)(page);
  await page.keyboard.type('OPS-123 fix order 9');
  await page.getByRole('list', { name: /^Who decides/ }).waitFor();
  await page
    .getByText(/^Is it an emergency/)
    .evaluate(element => element.scrollIntoView({ block: 'end' }));
};

const openView = (tab, text) => async page => {
  await click('tab', tab)(page);
  await see(text)(page);
};

const AWAY = /^The ledger does not/;

const openTrail = async page => {
  await click('tab', 'Trail')(page);
  await page.getByRole('list', { name: 'Leases of the period' }).waitFor();
};

/**
 * Every screen there is: `scenario` as in plugins/jit/dev/scenarios.ts, where it is, and what is done until it is to be seen. What `passes` by itself
 * is opened for each picture.
 */
export const SCENES = [
  { name: 'tab', scenario: 'usual', path: TAB, until: OFFERS },
  { name: 'card', scenario: 'usual', path: CARD, until: see('8 min left') },
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
    name: 'credentials',
    scenario: 'usual',
    path: TAB,
    until: showCredentials,
  },
  { name: 'history', scenario: 'usual', path: TAB, until: openHistory },
  { name: 'page', scenario: 'usual', path: PAGE, until: see('Past') },
  { name: 'page', scenario: 'full', path: PAGE, until: see('Past') },
  { name: 'everything', scenario: 'full', path: PAGE, until: everything },
  { name: 'tab', scenario: 'full', path: TAB, until: OFFERS },
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
    name: 'drawer',
    scenario: 'environments',
    path: TAB,
    until: openHistory,
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
  { name: 'tab', scenario: 'bundles', path: TAB, until: OFFERS },
  { name: 'page', scenario: 'bundles', path: PAGE, until: see('Past') },
  {
    name: 'environments',
    scenario: 'bundles',
    path: PAGE,
    until: openEnvironments,
  },
  { name: 'tab', scenario: 'environments', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'empty', path: TAB, until: OFFERS },
  { name: 'page', scenario: 'empty', path: PAGE, until: see(/nothing yet/) },
  { name: 'tab', scenario: 'waiting', path: TAB, until: OFFERS },
  { name: 'page', scenario: 'waiting', path: PAGE, until: see('Waiting') },
  { name: 'tab', scenario: 'denied', path: TAB, until: see(/said no/) },
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
  { name: 'tab', scenario: 'failing', path: TAB, until: OFFERS },
  { name: 'page', scenario: 'failing', path: PAGE, until: see('Live') },
  { name: 'everything', scenario: 'stuck', path: PAGE, until: everything },
  { name: 'tab', scenario: 'glass', path: TAB, until: OFFERS },
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
  {
    name: 'break',
    scenario: 'glass',
    path: TAB,
    until: async page => {
      await click('button', /^Break the glass for/)(page);
      await page.keyboard.type('OPS-9 orders are stuck');
      await see('You get this at once.')(page);
    },
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
  { name: 'tab', scenario: 'outage', path: TAB, until: see(/^The catalog/) },
  { name: 'card', scenario: 'outage', path: CARD, until: see(/^The catalog/) },
  { name: 'page', scenario: 'outage', path: PAGE, until: see(/^In an emer/) },
  {
    name: 'page',
    scenario: 'outage-first',
    path: PAGE,
    until: see(/nothing yet/),
  },
  {
    name: 'break',
    scenario: 'outage',
    path: PAGE,
    until: async page => {
      await click('button', /^Break the glass for/)(page);
      await page.keyboard.type('OPS-9 orders are stuck');
      await see('You get this at once.')(page);
    },
  },
  {
    name: 'inbox',
    scenario: 'outage',
    path: PAGE,
    until: openApprovals(/^The catalog/),
  },
  { name: 'dialog', scenario: 'decided', path: TAB, until: askToWrite },
  { name: 'tab', scenario: 'context', path: TAB, until: see(/^Not at once/) },
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
    name: 'inbox',
    scenario: 'context',
    path: PAGE,
    until: openApprovals(/^Not at once/),
  },
  { name: 'trail', scenario: 'full', path: PAGE, until: openTrail },
  { name: 'trail', scenario: 'glass', path: PAGE, until: openTrail },
  { name: 'tab', scenario: 'ended', path: TAB, until: OFFERS },
  { name: 'page', scenario: 'ended', path: PAGE, until: see('Past') },
  { name: 'tab', scenario: 'soon', path: TAB, until: OFFERS },
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
  { name: 'tab', scenario: 'long', path: TAB, until: OFFERS },
  { name: 'page', scenario: 'long', path: PAGE, until: see('Live') },
  { name: 'history', scenario: 'long', path: TAB, until: openHistory },
  {
    name: 'dialog',
    scenario: 'long',
    path: TAB,
    until: openDialog(/^Ask for z/),
  },
  { name: 'tab', scenario: 'down', path: TAB, until: see(/be reached/) },
  { name: 'page', scenario: 'down', path: PAGE, until: see(/be reached/) },
  {
    name: 'tab',
    scenario: 'slow',
    path: TAB,
    passes: true,
    until: see(/longer than usual/),
  },
  {
    name: 'page',
    scenario: 'slow',
    path: PAGE,
    passes: true,
    until: see(/longer than usual/),
  },
  { name: 'card', scenario: 'away', path: CARD, until: see(AWAY) },
  {
    name: 'everything',
    scenario: 'away',
    path: PAGE,
    until: openView('Everything', AWAY),
  },
  {
    name: 'environments',
    scenario: 'away',
    path: PAGE,
    until: openView('Environments', AWAY),
  },
  {
    name: 'trail',
    scenario: 'away',
    path: PAGE,
    until: openView('Trail', AWAY),
  },
  { name: 'everything', scenario: 'nothing', path: PAGE, until: everything },
  {
    name: 'environments',
    scenario: 'nothing',
    path: PAGE,
    until: openView('Environments', /^No environment lives/),
  },
  {
    name: 'trail',
    scenario: 'nothing',
    path: PAGE,
    until: openView('Trail', /^Nothing in this period/),
  },
  { name: 'tab', scenario: 'expired', path: TAB, until: see(/signed in/) },
  { name: 'tab', scenario: 'nobody', path: TAB, until: see(/Ask who keeps/) },
  {
    name: 'credentials',
    scenario: 'refusing',
    path: TAB,
    until: async page => {
      await click('button', /^Credentials of/)(page);
      await see('Try again in 40 s.')(page);
    },
  },
  {
    name: 'done',
    scenario: 'refusing',
    path: TAB,
    until: async page => {
      await click('button', /^I.m done with/)(page);
      await see('The ledger does not answer')(page);
    },
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
