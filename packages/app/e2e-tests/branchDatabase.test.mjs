import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { environmentOf, restoredFrom, runTemplate } from './environment.mjs';
import {
  connectAsShown,
  countOrders,
  countRefunded,
  refundOne,
} from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

const ACCESS_TAB = '/catalog/default/component/orders-api/access';

/** How long things take is measured elsewhere, on a machine with nothing else to do; here it is told. */
function say(what, milliseconds) {
  // eslint-disable-next-line no-console -- a run is read by people, and this is what it has to tell
  console.log(`${what} after ${Math.round(milliseconds)} ms`);
}

/** What is in it is lost, so that is asked twice. */
async function endIt(page, title) {
  await page
    .getByRole('button', { name: `I’m done with ${title}` })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'End it', exact: true })
    .click();
}

describe('Ephemeral database for my branch', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    // Compiled before there is a lease whose time runs.
    await portal.page.goto(ACCESS_TAB);
    await portal.page.getByText('What you can have here').waitFor();
  });

  after(() => portal?.close());

  async function make(values) {
    const { page, shot } = portal;
    const [link] = await runTemplate(page, {
      name: 'branch-database',
      values: { duration: '1h', end: 'gone', ...values },
      shot,
    });
    const environment = await environmentOf(link);
    say('In the catalog', await environment.seenInCatalog());
    assert.equal(await environment.isOnServer(), true);
    return { link, ...environment };
  }

  /** Nothing is left of it, here or there. */
  async function seeGone({ goneFromCatalog, isOnServer, look }, endReason) {
    const gone = await goneFromCatalog();
    say('Out of the catalog', gone);
    assert.equal(await isOnServer(), false);
    assert.equal((await look()).endReason, endReason);
  }

  it('is in the catalog, is written to, and runs out', async () => {
    const { page, shot } = portal;
    const database = await make({ branch: 'spring-sale', duration: '2m' });
    await page.goto(ACCESS_TAB);
    await page.getByText(/left/).first().waitFor();
    const session = await connectAsShown(page);
    assert.ok((await countOrders(session)) > 0);
    assert.equal(await refundOne(session), 1);
    await page.goto(database.entityPage);
    await page.getByText('See it, extend it, end it').first().waitFor();
    await shot('branch-database-entity');

    await session.ended;
    await seeGone(database, 'expired');
    await page.goto(database.link);
    await page
      .getByText(/It cost/)
      .first()
      .waitFor();
    await shot('branch-database-cost');
  });

  it('ends when somebody ends it', async () => {
    const { page, shot } = portal;
    const database = await make({ branch: 'summer-sale' });
    await page.goto(ACCESS_TAB);
    await endIt(page, 'Ephemeral database for a branch');
    await database.until(({ state }) => state === 'revoked', {
      timeoutMs: 120_000,
    });
    await page
      .getByText(/Gone, verified/)
      .first()
      .waitFor();
    await shot('branch-database-ended');
    await seeGone(database, 'returned');
  });

  it('ends when nobody uses it', async () => {
    const { page, shot } = portal;
    const database = await make({ branch: 'autumn-sale', end: 'unused' });
    await database.until(({ state }) => state === 'revoked', {
      timeoutMs: 240_000,
    });
    await seeGone(database, 'idle');
    await page.goto(database.link);
    await page
      .getByText(/It cost/)
      .first()
      .waitFor();
    await shot('branch-database-idle');
  });

  it('is had back, with what was written to it', async () => {
    const { page, shot } = portal;
    const title = 'Ephemeral database with a last copy';
    const database = await make({ branch: 'late-sale', end: 'kept' });
    await page.goto(ACCESS_TAB);
    await page.getByText(/A last copy is kept for 1 h/).waitFor();
    const session = await connectAsShown(page, { title });
    const refunded = await countRefunded(session);
    assert.equal(await refundOne(session), 1);
    await endIt(page, title);
    await session.ended;
    await database.until(({ keptUntil }) => keptUntil !== undefined);

    await page.goto('/just-in-time?view=environments');
    await page
      .getByText(/its last copy for/)
      .first()
      .waitFor();
    await shot('branch-database-kept');
    await page.getByRole('button', { name: `Restore ${title}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Restore it' }).click();
    const restored = await restoredFrom(database);
    await restored.until(({ state }) => state === 'active');

    await page.goto(ACCESS_TAB);
    const again = await connectAsShown(page, { title });
    assert.equal(await countRefunded(again), refunded + 1);
    assert.equal(await refundOne(again), 1);
    await shot('branch-database-restored');
    await endIt(page, title);
    await again.ended;
  });
});

describe('Database and access to it', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
  });

  after(() => portal?.close());

  it('is made and ended as one, and the access may write', async () => {
    const { page, shot } = portal;
    const links = await runTemplate(page, {
      name: 'database-and-access',
      values: { branch: 'winter-sale', duration: '1h' },
      shot,
    });
    const [database, access] = await Promise.all(links.map(environmentOf));
    assert.equal(await database.isOnServer(), true);
    say('In the catalog', await database.seenInCatalog());

    await page.goto(ACCESS_TAB);
    const title = 'Access to the database of a branch';
    const session = await connectAsShown(page, { title });
    assert.equal(await refundOne(session), 1);
    await shot('database-and-access');

    await endIt(page, 'Database of a branch, and access to it');
    await session.ended;
    await access.until(({ state }) => state === 'revoked', {
      timeoutMs: 120_000,
    });
    await database.goneFromCatalog();
    assert.equal(await database.isOnServer(), false);
    await shot('database-and-access-gone');
  });
});
