import { Lease } from '@backstage-jit/plugin-jit-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anEnvironment,
  showEnvironments,
} from './__testUtils__/showEnvironments';

jest.setTimeout(240_000);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One that was there for two hours some days ago, and ended a moment late. */
function gone(daysAgo: number, changes: Partial<Lease> = {}): Lease {
  const now = Date.now();
  const at = (hours: number, late: number = 0) =>
    new Date(now - daysAgo * DAY + hours * HOUR + late).toISOString();
  return anEnvironment({
    id: `gone-${daysAgo}`,
    profileTitle: `Database of day ${daysAgo}`,
    state: 'revoked',
    endReason: 'returned',
    grantedAt: at(0),
    expiresAt: at(5),
    endedAt: at(2),
    verifiedAt: at(2, 155),
    cost: {
      amount: '0.24',
      perHour: '0.12',
      currency: 'EUR',
      saved: { reclaimed: '0.36', avoided: '19.56', baselineMs: 7 * DAY },
    },
    ...changes,
  });
}

const rows = async () =>
  within(
    await screen.findByRole('table', {
      name: 'Environments and when they lived',
    }),
  )
    .getAllByRole('row')
    .slice(1);

it('draws when each lived as a table that can be heard, nearer on a word, and opens what is clicked', async () => {
  const opened: string[] = [];
  await showEnvironments(
    { leases: [anEnvironment(), gone(3), gone(20), gone(40)] },
    ({ id }) => opened.push(id),
  );
  const all = await rows();
  expect(all).toHaveLength(3);
  expect(all[0]).toHaveTextContent(/Since .*, \d min so far/);
  expect(all[1]).toHaveTextContent(/Database of day 3.* to .*, 2 h$/);
  expect(all[2]).toHaveTextContent(/Database of day 20/);

  await userEvent.click(screen.getByRole('button', { name: '7 days' }));
  const week = await rows();
  expect(week).toHaveLength(2);
  await userEvent.click(within(week[1]).getByRole('button'));
  expect(opened).toEqual(['gone-3']);
});

it('tells cost, reclaimed and avoided apart, the last with what it is measured against', async () => {
  const cost = { amount: '0.10', perHour: '0.12', currency: 'EUR' };
  await showEnvironments({
    leases: [anEnvironment({ cost }), gone(3), gone(20), gone(40)],
  });
  const numbers = within(
    await screen.findByRole('region', { name: 'Cost and savings of those' }),
  );
  // What is older than the month does not count.
  expect(numbers.getByText('€0.58')).toBeVisible();
  expect(numbers.getByText('€0.72')).toBeVisible();
  expect(numbers.getByText('€39.12')).toBeVisible();
  expect(numbers.getByText(/would have stayed: 7 d, as/)).toBeVisible();
  expect(numbers.queryByText(/billed/i)).not.toBeInTheDocument();
});

it('says nothing of money where nobody knows a price', async () => {
  await showEnvironments({ leases: [gone(3, { cost: undefined })] });
  expect(await rows()).toHaveLength(1);
  expect(screen.queryByText(/savings/)).not.toBeInTheDocument();
});
