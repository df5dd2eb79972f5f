import { screen, waitFor, within } from '@testing-library/react';
import { DATABASE_AND_ACCESS } from '../../__testUtils__';
import {
  aLedger,
  openTab,
  turnClocksByHand,
  user,
} from './__testUtils__/openTab';

jest.setTimeout(240_000);
turnClocksByHand();

it('asks for a bundle as one, once for what its parts want by the same name, and shows them as one', async () => {
  const sent: unknown[] = [];
  const world = aLedger({
    bundles: [DATABASE_AND_ACCESS],
    before: async (call, [request]) => {
      if (call === 'createRequest') {
        sent.push(request);
      }
    },
  });
  await openTab(world);
  expect(
    screen.getByText('Database for a branch, Read the database for a branch'),
  ).toBeVisible();
  expect(
    screen.getByText(/A last copy is kept for 24 h after its end/),
  ).toBeVisible();
  await user.click(
    screen.getByRole('button', { name: 'Ask for Database and access to it' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText(/^branch/), '10');
  await user.click(dialog.getByRole('button', { name: /^rows/ }));
  await user.click(await screen.findByRole('option', { name: '100' }));
  await user.click(dialog.getByRole('button', { name: 'Ask' }));

  const list = within(
    await screen.findByRole('list', {
      name: 'Parts of Database and access to it',
    }),
  );
  expect(list.getAllByRole('listitem')).toHaveLength(2);
  const entityRef = 'resource:default/orders-db';
  expect(sent).toEqual([
    {
      bundleId: 'database-and-access',
      leases: [
        {
          profileId: 'branch-db',
          entityRef,
          duration: { milliseconds: 3_600_000 },
          parameters: { branch: '10' },
        },
        {
          profileId: 'branch-db-read',
          entityRef,
          parameters: { branch: '10', rows: 100 },
        },
      ],
    },
  ]);
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
  expect(screen.getByText(/You have this now/).closest('li')).toHaveTextContent(
    'Database and access to it',
  );
});

it.each([
  [
    'by the people of its parts, each step once',
    {},
    'Approved by owners of the target, then members of dba, up to 8 h',
  ],
  [
    'at once by what grants all of its parts',
    { context: ['on-call'] },
    'At once when on-call says so, up to 8 h; else approved by owners of the target, then members of dba',
  ],
])('says of a bundle that it is decided %s', async (_how, common, words) => {
  const [database, access] = DATABASE_AND_ACCESS.parts;
  const owners = { rule: 'owners of the target', count: 1 };
  const dba = { rule: 'members of group:default/dba', count: 1 };
  const decided = { automatic: false, ...common };
  await openTab(
    aLedger({
      bundles: [
        {
          ...DATABASE_AND_ACCESS,
          automatic: false,
          parts: [
            {
              ...database,
              automatic: false,
              context: ['on-call'],
              approval: [owners],
            },
            { ...access, ...decided, approval: [owners, dba] },
          ],
        },
      ],
    }),
  );
  expect(screen.getByText(words, { exact: false })).toBeVisible();
});
