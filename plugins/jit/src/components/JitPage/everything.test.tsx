import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aLease, FakeWorld, RAVI, refused } from '../../__testUtils__';
import { showPage } from './__testUtils__/showPage';

jest.setTimeout(240_000);

const ORDERS = {
  connection: 'orders',
  type: 'postgres',
  state: 'ok' as const,
  leases: 1,
  stuck: 0,
};

const show = (before: FakeWorld['before']) =>
  showPage(
    {
      connections: [ORDERS],
      leases: [aLease(Date.now(), { subject: RAVI, requester: RAVI })],
      before,
    },
    '?view=everything',
  );

const live = () => screen.findByRole('region', { name: 'Live' });
const systems = () => screen.findByRole('region', { name: 'Connections' });

it('says once what all of it fails with, and has all of it looked at again', async () => {
  let failing = true;
  await show(async call => {
    if (failing && call !== 'getMe') {
      throw await refused(503, 'The ledger does not answer');
    }
  });
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The ledger does not answer');
  expect(alert).not.toHaveTextContent(/when last heard of/);
  expect(screen.queryByRole('region')).not.toBeInTheDocument();
  expect(screen.queryByRole('status')).not.toBeInTheDocument();

  failing = false;
  await userEvent.click(within(alert).getByRole('button'));
  expect(within(await live()).getAllByRole('listitem')).toHaveLength(1);
  expect(await systems()).toHaveTextContent('orders');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();

  // What was known stays in view, and is said to be old.
  failing = true;
  act(() => {
    window.dispatchEvent(new Event('online'));
  });
  await waitFor(() =>
    expect(screen.getByRole('alert')).toHaveTextContent(/when last heard of/),
  );
  expect(await live()).toBeVisible();
  expect(await systems()).toBeVisible();
});

it('says in its own place what fails alone', async () => {
  await show(async call => {
    if (call === 'listConnections') {
      throw await refused(503, 'The ledger does not answer');
    }
  });
  expect(within(await systems()).getByRole('alert')).toBeVisible();
  expect(await live()).toBeVisible();
  expect(screen.getAllByRole('alert')).toHaveLength(1);
});
