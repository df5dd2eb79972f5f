import { screen, within } from '@testing-library/react';
import { READ, refused, WRITE } from '../../__testUtils__';
import { showPage } from './__testUtils__/showPage';

jest.setTimeout(240_000);

const glass = {
  ...WRITE,
  breakGlass: { reviewWithinMs: 3_600_000 },
  refusal: 'The catalog does not answer',
};
const section = { name: 'In an emergency' };

it('offers to break the glass on the page while no entity has one', async () => {
  await showPage({
    offers: [
      { ...glass, entityRef: 'resource:default/orders-db' },
      { ...glass, entityRef: 'resource:default/invoices-db' },
    ],
    catalogAsOf: new Date().toISOString(),
    before: async (_, [query]) => {
      if ((query as { reviewDue?: boolean })?.reviewDue) {
        throw await refused(503, 'Nobody knows who may review');
      }
    },
  });
  const emergency = within(await screen.findByRole('region', section));
  expect(emergency.getByText(/^The catalog does not answer/)).toBeVisible();
  const rows = emergency.getAllByRole('listitem');
  expect(rows.map(row => row.textContent)).toEqual([
    expect.stringContaining('orders-db'),
    expect.stringContaining('invoices-db'),
  ]);
  expect(
    within(rows[0]).getByRole('button', { name: /^Break the glass for/ }),
  ).toBeEnabled();
  // What cannot be told meanwhile stands where it would have been.
  const reviews = within(screen.getByRole('region', { name: 'Reviews due' }));
  expect(reviews.getByRole('alert')).toHaveTextContent(/who may review/);
  expect(reviews.queryByRole('list')).not.toBeInTheDocument();
});

it('offers nothing there while the catalog answers', async () => {
  let asked = 0;
  await showPage({
    offers: [READ, glass],
    before: async call => {
      asked += call === 'listOffers' ? 1 : 0;
    },
  });
  await screen.findAllByRole('tab');
  expect(asked).toBe(1);
  expect(screen.queryByRole('region', section)).not.toBeInTheDocument();
});
