import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aLease } from '../../__testUtils__';
import {
  anEnvironment,
  showEnvironments as show,
} from './__testUtils__/showEnvironments';

jest.setTimeout(240_000);

it('shows what lives with how it is reached, and access not at all', async () => {
  await show({
    leases: [anEnvironment(), aLease(Date.now(), { id: 'access' })],
  });
  const list = within(
    await screen.findByRole('list', { name: 'Alive and on their way' }),
  );
  expect(list.getAllByRole('listitem')).toHaveLength(1);
  expect(list.getByText('db.example.com')).toBeVisible();
  expect(list.getByRole('link', { name: /7f3a/ })).toHaveAttribute(
    'href',
    'https://db.example.com/7f3a',
  );
});

it('asks twice before all that is in it is lost', async () => {
  const cost = { amount: '0.35', perHour: '0.12', currency: 'EUR' };
  const world = await show({ leases: [anEnvironment({ cost })] });
  await userEvent.click(
    await screen.findByRole('button', { name: /^I.m done with/ }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/everything that is in it/)).toBeVisible();
  expect(
    dialog.getByText(/The time that it has left would cost .0\.05/),
  ).toBeVisible();
  expect(world.leases[0].state).toBe('active');
  await userEvent.click(dialog.getByRole('button', { name: 'End it' }));
  expect(await screen.findByText('Ending…')).toBeVisible();
  expect(world.leases[0].state).toBe('revoking');
});

it('says how an empty list is filled', async () => {
  await show({});
  expect(
    await screen.findByText('No environment lives at the moment'),
  ).toBeVisible();
});
