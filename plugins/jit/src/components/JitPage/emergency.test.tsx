import { screen, within } from '@testing-library/react';
import { READ, WRITE } from '../../__testUtils__';
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
