import { Lease } from '@backstage-jit/plugin-jit-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anEnvironment,
  showEnvironments,
} from './__testUtils__/showEnvironments';

jest.setTimeout(240_000);

/** A part of Nadia's bundle of a database and access to it. */
function aPart(part: number, changes: Partial<Lease> = {}): Lease {
  return anEnvironment({
    id: `part-${part}`,
    requestId: 'bundle',
    bundle: {
      id: 'database-and-access',
      title: 'Database and access to it',
      part,
      parts: 2,
      waiting: false,
    },
    ...changes,
  });
}

const access = {
  kind: 'access' as const,
  profileTitle: 'Orders database, read only',
};

it('is drawn as one thing with all its parts, those too that the list leaves out, and ended as one', async () => {
  const world = await showEnvironments({
    leases: [aPart(2, access), aPart(1)],
  });
  const parts = await screen.findByRole('list', {
    name: 'Parts of Database and access to it',
  });
  // The view asks for infrastructure only: the access comes with its request.
  expect(
    await within(parts).findByText('Orders database, read only'),
  ).toBeVisible();
  const items = within(parts).getAllByRole('listitem');
  expect(items).toHaveLength(2);
  expect(items[0]).toHaveTextContent('Database for a branch');
  expect(
    within(parts).queryByRole('button', { name: /done/ }),
  ).not.toBeInTheDocument();

  await userEvent.click(
    screen.getByRole('button', {
      name: 'I’m done with Database and access to it',
    }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  expect(
    dialog.getByText(/^Database and access to it is taken down/),
  ).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'End it' }));
  expect(await screen.findByText('Ending…')).toBeVisible();
  expect(world.leases[1].state).toBe('revoking');
});

it('says what a part waits for, and protects a part no longer than all live', async () => {
  const protectableUntil = new Date(Date.now() + 90 * 3_600_000).toISOString();
  await showEnvironments({
    leases: [
      aPart(1, { protectableUntil }),
      aPart(2, {
        state: 'approved',
        grantedAt: undefined,
        expiresAt: undefined,
        bundle: { ...aPart(2).bundle!, waiting: true },
      }),
    ],
  });
  expect(await screen.findByText('Waits for the part before it')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /^Protect/ }));
  const dialog = within(await screen.findByRole('dialog'));
  // 24 minutes are left of the whole.
  expect(dialog.getAllByRole('button', { pressed: true })).toHaveLength(1);
  expect(dialog.queryByRole('button', { name: '24 h' })).toBeNull();
  expect(dialog.queryByText(/Its clock moves/)).not.toBeInTheDocument();
});
