// Where the scenes are, and what is done in several of them.

/** The entity's tab in the harness of plugins/jit, its card, and the page. */
export const TAB = '/catalog/default/resource/orders-db';
export const CARD = `${TAB}#card`;
export const PAGE = '/just-in-time';

/** What is said while the ledger does not answer. */
export const AWAY = /^The ledger does not/;

export const click = (role, name) => page =>
  page.getByRole(role, { name }).first().click();

export const see = text => page => page.getByText(text).first().waitFor();

export const openView = (tab, text) => async page => {
  await click('tab', tab)(page);
  await see(text)(page);
};
