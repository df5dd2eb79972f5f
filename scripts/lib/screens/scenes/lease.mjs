import { click, see, TAB } from './acts.mjs';

const openHistory = async page => {
  await click('button', /^History of/)(page);
  await see('Ready to use')(page);
};

const showCredentials = async page => {
  await click('button', /^Credentials of/)(page);
  await see('Forget them now')(page);
};

/** What is done with a lease, and its history. */
export const LEASE = [
  {
    name: 'credentials',
    scenario: 'usual',
    path: TAB,
    until: showCredentials,
  },
  { name: 'history', scenario: 'usual', path: TAB, until: openHistory },
  {
    name: 'drawer',
    scenario: 'environments',
    path: TAB,
    until: openHistory,
  },
  { name: 'history', scenario: 'long', path: TAB, until: openHistory },
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
];
