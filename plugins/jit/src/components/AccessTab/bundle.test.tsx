import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { screen, waitFor, within } from '@testing-library/react';
import { DATABASE_AND_ACCESS } from '../../__testUtils__';
import {
  aLedger,
  openTab,
  turnClocksByHand,
  user,
} from './__testUtils__/openTab';

jest.setTimeout(240_000);

const OWNERS = { rule: 'owners of the target', count: 1 };
const DBA = { rule: 'members of group:default/dba', count: 1 };
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

it.each<[string, Partial<ProfileOffer>, Partial<ProfileOffer>, string]>([
  [
    'by the people of its parts, each step once',
    { approval: [OWNERS] },
    { approval: [OWNERS, DBA] },
    'Approved by owners of the target, then members of dba, up to 8 h',
  ],
  [
    'at once by what grants all of its parts',
    { approval: [OWNERS], context: ['on-call'] },
    { approval: [OWNERS, DBA], context: ['on-call'] },
    'At once when on-call says so, up to 8 h; else approved by owners of the target, then members of dba',
  ],
  [
    'part by part, where what grants one says nothing about the other',
    { approval: [OWNERS], context: ['on-call'] },
    { approval: [DBA] },
    'Database for a branch: At once when on-call says so, up to 8 h; else approved by owners of the target · Read the database for a branch: Approved by members of dba, up to 8 h',
  ],
  [
    'part by part, where each needs another to say so',
    { context: ['on-call'] },
    { context: ['ticket'] },
    'Database for a branch: At once when on-call says so, up to 8 h; else not at all · Read the database for a branch: At once when ticket says so, up to 8 h; else not at all',
  ],
  [
    'part by part, where one has nobody else to ask',
    { context: ['on-call'] },
    { approval: [OWNERS], context: ['on-call'] },
    'Database for a branch: At once when on-call says so, up to 8 h; else not at all · Read the database for a branch: At once when on-call says so, up to 8 h; else approved by owners of the target',
  ],
])(
  'says of a bundle that it is decided %s',
  async (_how, first, second, words) => {
    const [database, access] = DATABASE_AND_ACCESS.parts;
    await openTab(
      aLedger({
        bundles: [
          {
            ...DATABASE_AND_ACCESS,
            automatic: false,
            parts: [
              { ...database, automatic: false, ...first },
              { ...access, automatic: false, ...second },
            ],
          },
        ],
      }),
    );
    expect(screen.getByText(words, { exact: false })).toBeVisible();
  },
);
