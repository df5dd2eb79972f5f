import { screen, within } from '@testing-library/react';
import { aLease, NADIA, READ, refused } from '../../__testUtils__';
import {
  aLedger,
  NOW,
  openTab,
  pass,
  turnClocksByHand,
  user,
} from './__testUtils__/openTab';

jest.setTimeout(240_000);
turnClocksByHand();

/** Refuses one call, and lets all others through. */
const refusing =
  (refusedCall: string, ...refusal: Parameters<typeof refused>) =>
  async (call: string) => {
    if (call === refusedCall) {
      throw await refused(...refusal);
    }
  };

it('says that the portal is slow, and shows all once it answers', async () => {
  const world = aLedger({
    leases: [aLease(NOW)],
    before: () => new Promise(resolve => setTimeout(resolve, 10_000)),
  });
  await openTab(world);
  await pass(1_000);
  expect(screen.getAllByText('Asking the portal…')[0]).toBeVisible();
  await pass(6_000);
  expect(
    screen.getAllByText(
      /takes longer than usual to answer\. Nothing is lost/,
    )[0],
  ).toBeVisible();
  await pass(4_000);
  expect(screen.getByText('24 min left')).toBeVisible();
  expect(screen.queryByText(/longer than usual/)).not.toBeInTheDocument();
});

it('tells who is nobody in the catalog whom to ask', async () => {
  const said = `${NADIA} is not a User of the catalog`;
  await openTab(aLedger({ before: refusing('listOffers', 403, said) }));
  expect(screen.getByText(said)).toBeVisible();
  expect(
    screen.getByText(/Ask who keeps the catalog to add you/),
  ).toBeVisible();
});

it('tells what an entity without a profile needs, by its name', async () => {
  await openTab(aLedger({ offers: [] }));
  expect(screen.getByText('Nothing can be leased on Orders yet')).toBeVisible();
  expect(screen.getByText('resource:default/orders-db')).toBeVisible();
});

it('says which rule refuses, and keeps what is not refused', async () => {
  const said = 'The permission policy does not allow jit.lease.read';
  await openTab(aLedger({ before: refusing('listLeases', 403, said) }));
  expect(screen.getByText(said)).toBeVisible();
  expect(
    screen.getByRole('button', { name: /read only for 30 min, at once/ }),
  ).toBeVisible();
});

it('says which rule stands against asking once more, and keeps the dialog as it is', async () => {
  const said = 'orders-db-read allows one lease per person at a time';
  const world = aLedger({ before: refusing('createRequest', 409, said) });
  await openTab(world);
  await user.click(
    screen.getByRole('button', { name: /^More choices for .* read only/ }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: /Reason/ }), 'order 9');
  await user.click(dialog.getByRole('button', { name: 'Ask' }));
  expect(await dialog.findByText(said)).toBeVisible();
  expect(dialog.getByRole('textbox', { name: /Reason/ })).toHaveValue(
    'order 9',
  );
  expect(world.leases).toHaveLength(0);
});

it('shows names of 200 characters whole, where they wrap', async () => {
  const long = 'y'.repeat(200);
  await openTab(
    aLedger({
      leases: [aLease(NOW, { profileTitle: long })],
      offers: [{ ...READ, profileId: 'long', title: long }],
    }),
  );
  const shown = screen.getAllByText(long);
  expect(shown).toHaveLength(2);
  for (const each of shown) {
    const styles = [each, each.closest('li')!].map(
      element => getComputedStyle(element).overflowWrap,
    );
    expect(styles).toContain('anywhere');
  }
  await user.click(screen.getByRole('button', { name: `History of ${long}` }));
  expect(await screen.findByRole('heading', { name: long })).toBeVisible();
});

it('says when credentials that were asked for too often can be asked for again', async () => {
  await openTab(
    aLedger({
      leases: [aLease(NOW)],
      before: refusing('issueCredentials', 429, 'Wait a little', {
        'retry-after': '40',
      }),
    }),
  );
  await user.click(screen.getByRole('button', { name: /^Credentials of/ }));
  expect(await screen.findByText('Try again in 40 s.')).toBeVisible();
  expect(screen.getByText('24 min left')).toBeVisible();
});

it('says that nothing was ended while the ledger does not answer, and lets it be tried again', async () => {
  const world = aLedger({
    leases: [aLease(NOW)],
    before: refusing('endLease', 503, 'The ledger does not answer'),
  });
  await openTab(world);
  const done = () => screen.getByRole('button', { name: /done with/ });
  await user.click(done());
  expect(await screen.findByText('The ledger does not answer')).toBeVisible();
  world.before = undefined;
  await user.click(done());
  expect(await screen.findByText('Ending…')).toBeVisible();
});

it('does not say that nobody is in once it no longer knows', async () => {
  let away = false;
  await openTab(
    aLedger({
      presence: [],
      before: async call => {
        if (away && call === 'listPresence') {
          throw await refused(503, 'Nobody knows who owns what');
        }
      },
    }),
  );
  expect(screen.getByText('Nobody is in at the moment.')).toBeVisible();
  away = true;
  await pass(31_000);
  expect(screen.getByText('Nobody knows who owns what')).toBeVisible();
  expect(
    screen.queryByText('Nobody is in at the moment.'),
  ).not.toBeInTheDocument();
});
