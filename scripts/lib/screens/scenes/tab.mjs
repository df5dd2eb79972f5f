import { AWAY, CARD, see, TAB } from './acts.mjs';

const OFFERS = see('What you can have here');

/** The entity's tab, and its card. */
export const TABS = [
  { name: 'tab', scenario: 'usual', path: TAB, until: OFFERS },
  { name: 'card', scenario: 'usual', path: CARD, until: see('8 min left') },
  { name: 'tab', scenario: 'full', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'bundles', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'environments', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'empty', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'waiting', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'denied', path: TAB, until: see(/said no/) },
  { name: 'tab', scenario: 'failing', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'glass', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'outage', path: TAB, until: see(/^The catalog/) },
  { name: 'card', scenario: 'outage', path: CARD, until: see(/^The catalog/) },
  { name: 'tab', scenario: 'context', path: TAB, until: see(/^Not at once/) },
  { name: 'tab', scenario: 'ended', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'soon', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'long', path: TAB, until: OFFERS },
  { name: 'tab', scenario: 'down', path: TAB, until: see(/be reached/) },
  {
    name: 'tab',
    scenario: 'slow',
    path: TAB,
    passes: true,
    until: see(/longer than usual/),
  },
  { name: 'card', scenario: 'away', path: CARD, until: see(AWAY) },
  { name: 'tab', scenario: 'expired', path: TAB, until: see(/signed in/) },
  { name: 'tab', scenario: 'nobody', path: TAB, until: see(/Ask who keeps/) },
];
