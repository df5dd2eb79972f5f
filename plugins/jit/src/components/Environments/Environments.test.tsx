import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aLease, aWorld, fakeJit, FakeWorld, NADIA } from '../../__testUtils__';
import { jitApiRef } from '../../api';
import { Environments } from './Environments';

jest.setTimeout(240_000);

async function show(changes: Partial<FakeWorld>): Promise<FakeWorld> {
  const world = aWorld(changes);
  await renderInTestApp(
    <TestApiProvider apis={[[jitApiRef, fakeJit(world)]]}>
      <Environments reader={{ me: NADIA }} onOpen={() => undefined} />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  return world;
}

const anEnvironment = () =>
  aLease(Date.now(), {
    kind: 'infrastructure',
    profileTitle: 'Database for a branch',
    facts: { host: 'db.example.com', console: 'https://db.example.com/7f3a' },
  });

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
  const world = await show({ leases: [anEnvironment()] });
  await userEvent.click(
    await screen.findByRole('button', { name: /^I.m done with/ }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/everything that is in it/)).toBeVisible();
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
