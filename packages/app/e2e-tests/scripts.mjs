/** The demonstration's own scripts belong to no package. */
const script = name =>
  import(new URL(`../../../scripts/lib/${name}`, import.meta.url).href);

export const { findComplaints } = await script('accessibility.mjs');
export const { launchBrowser } = await script('browser.mjs');
export const { mainJob } = await script('main-job/mainJob.mjs');
export const { PortalClient } = await script('main-job/PortalClient.mjs');
export const { loadSecrets } = await script('secrets.mjs');
