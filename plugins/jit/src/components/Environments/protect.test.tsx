import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refused } from '../../__testUtils__';
import { toLocalField } from '../../time';
import {
  anEnvironment,
  showEnvironments,
} from './__testUtils__/showEnvironments';

jest.setTimeout(240_000);

const HOUR = 3_600_000;
const inHours = (n: number) => new Date(Date.now() + n * HOUR).toISOString();

const openDialog = async () => {
  await userEvent.click(
    await screen.findByRole('button', {
      name: 'Protect Database for a branch',
    }),
  );
  return within(await screen.findByRole('dialog'));
};

it('keeps it until a time with a why, says what comes of that, and lifts it again', async () => {
  const world = await showEnvironments({
    leases: [
      anEnvironment({
        expiresAt: inHours(8),
        protectableUntil: inHours(48),
        cost: {
          amount: '0.35',
          perHour: '0.12',
          currency: 'EUR',
          budget: '2',
          endsAt: inHours(13),
        },
      }),
    ],
  });
  const asked = jest.fn(async (_: string, __: unknown[]) => undefined);
  world.before = asked;
  const dialog = await openDialog();
  await userEvent.click(dialog.getByRole('button', { name: '4 h' }));
  expect(dialog.queryByText(/Its clock moves/)).not.toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: '24 h' }));
  expect(dialog.getByText(/^Its clock moves from/)).toBeVisible();
  expect(dialog.getByText(/budget is used up .* all the same/)).toBeVisible();
  await userEvent.type(
    dialog.getByLabelText(/^Why/),
    'demonstration on Friday',
  );
  await userEvent.click(dialog.getByRole('button', { name: 'Protect it' }));

  expect(await screen.findByText(/^Protected until/)).toBeVisible();
  const [, [id, order]] = asked.mock.calls.find(
    ([call]) => call === 'protectLease',
  )!;
  expect(id).toBe(world.leases[0].id);
  const { until, why } = order as { until: string; why?: string };
  expect(why).toBe('demonstration on Friday');
  expect(Date.parse(until)).toBeGreaterThan(Date.now() + 23 * HOUR);

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const again = await openDialog();
  await userEvent.click(
    again.getByRole('button', { name: 'Protect it no longer' }),
  );
  await waitFor(() => expect(world.leases[0].protectedUntil).toBeUndefined());
});

it('takes no time that is over or later than its profile allows, and keeps what was typed when it is refused', async () => {
  const world = await showEnvironments({
    leases: [anEnvironment({ protectableUntil: inHours(48) })],
  });
  const dialog = await openDialog();
  const until = dialog.getByLabelText('Not before');
  const confirm = dialog.getByRole('button', { name: 'Protect it' });
  const choose = (hours: number) =>
    fireEvent.change(until, {
      target: { value: toLocalField(Date.now() + hours * HOUR) },
    });

  choose(49);
  expect(dialog.getByRole('alert')).toHaveTextContent(
    /Its profile lets it be protected until .* at the latest/,
  );
  expect(confirm).toBeDisabled();
  choose(-1);
  expect(dialog.getByRole('alert')).toHaveTextContent('That time is over');
  choose(2);
  expect(dialog.queryByRole('alert')).not.toBeInTheDocument();

  world.before = async call => {
    if (call === 'protectLease') {
      throw await refused(
        409,
        'Lease 7 is being ended: it cannot be protected',
      );
    }
  };
  await userEvent.type(dialog.getByLabelText(/^Why/), 'not lost');
  await userEvent.click(confirm);
  expect(await dialog.findByText(/it cannot be protected/)).toBeVisible();
  expect(dialog.getByLabelText(/^Why/)).toHaveValue('not lost');
});

it('is not offered for what its profile keeps from it', async () => {
  await showEnvironments({ leases: [anEnvironment()] });
  await screen.findByRole('button', { name: /^I.m done/ });
  expect(screen.queryByRole('button', { name: /^Protect/ })).toBeNull();
});
