import { APPROVALS } from './scenes/approvals.mjs';
import { DIALOGS } from './scenes/dialogs.mjs';
import { ENVIRONMENTS } from './scenes/environments.mjs';
import { LEASE } from './scenes/lease.mjs';
import { PAGES } from './scenes/page.mjs';
import { TABS } from './scenes/tab.mjs';
import { TRAIL } from './scenes/trail.mjs';

/**
 * Every screen there is: `scenario` as in plugins/jit/dev/scenarios.ts, where it is, and what is done until it is to be seen. What `passes` by itself
 * is opened for each picture.
 */
export const SCENES = [
  ...TABS,
  ...DIALOGS,
  ...LEASE,
  ...PAGES,
  ...APPROVALS,
  ...ENVIRONMENTS,
  ...TRAIL,
];
