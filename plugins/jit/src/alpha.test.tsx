import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aLease,
  aRequest,
  aWorld,
  CLOSED,
  fakeJit,
  FakeWorld,
  identityOf,
  NADIA,
  RAVI,
  READ,
} from './__testUtils__';
import jitPlugin from './alpha';
import { jitApiRef } from './api';
import { rootRouteRef } from './routes';

jest.setTimeout(240_000);

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { namespace: 'default', name: 'orders-db', title: 'Orders' },
};

function show(
  id: 'page:jit' | 'entity-content:jit/access' | 'entity-card:jit/who-is-in',
  changes: Partial<FakeWorld>,
) {
  const now = Date.now();
  const world = aWorld({
    offers: [READ, CLOSED],
    leases: [aLease(now)],
    ...changes,
  });
  const element = createExtensionTester(
    jitPlugin.getExtension(id) as never,
  ).reactElement();
  renderInTestApp(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    apis: [
      [jitApiRef, fakeJit(world)],
      [identityApiRef, identityOf(NADIA) as never],
    ],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef as never,
      '/just-in-time': rootRouteRef as never,
    },
  });
  return world;
}

it('shows the tab', async () => {
  show('entity-content:jit/access', {});
  expect(
    await screen.findByText('24 min left', {}, { timeout: 30_000 }),
  ).toBeVisible();
  expect(screen.getByText('You have this now', { exact: false })).toBeVisible();
  expect(screen.getByText(/does not answer/)).toBeVisible();
});

it('shows the card, and asks from there', async () => {
  const world = show('entity-card:jit/who-is-in', {
    leases: [],
    presence: [{ subject: RAVI, profileTitle: READ.title }],
  });
  expect(
    await screen.findByText('ravi.lindqvist', {}, { timeout: 30_000 }),
  ).toBeVisible();
  await userEvent.click(
    screen.getByRole('button', { name: 'Request access to Orders' }),
  );
  expect(await screen.findByText('You get this at once.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }));
  expect(world.leases).toMatchObject([{ profileId: READ.profileId }]);
});

it('shows everything to operators, what is stuck on top, page by page', async () => {
  const now = Date.now();
  const stuck = aLease(now, {
    id: 'stuck',
    subject: RAVI,
    requester: RAVI,
    state: 'revoking',
    endReason: 'expired',
    stuck: true,
    blockers: ['a volume'],
  });
  const many = Array.from({ length: 69 }, (_, index) =>
    aLease(now, { id: `lease-${index}`, subject: index % 2 ? NADIA : RAVI }),
  );
  const world = show('page:jit', {
    leases: [...many.slice(0, 20), stuck, ...many.slice(20)],
    connections: [
      {
        connection: 'orders',
        type: 'postgres',
        state: 'ok',
        leases: 70,
        stuck: 1,
      },
    ],
  });
  await userEvent.click(
    await screen.findByRole('tab', { name: 'Everything' }, { timeout: 30_000 }),
  );
  // Not by role: that takes long among so many rows.
  const top = await screen.findByLabelText('Stuck', { selector: 'section' });
  expect(top).toHaveTextContent('Still in the way: a volume');
  const live = screen.getByLabelText('Live', { selector: 'ul' });
  expect(live.children).toHaveLength(49);
  await userEvent.click(screen.getByText('Show more'));
  expect(await screen.findByText('69 leases')).toBeVisible();

  const asked = jest.fn(async (_: string) => undefined);
  world.before = asked;
  await userEvent.click(
    within(top).getByRole('button', { name: /^Retry now: .* of ravi/ }),
  );
  expect(asked.mock.calls.map(([call]) => call)).toContain('retryLease');
});

it('stays usable with 200 leases: draws the first of them, and more on a word', async () => {
  const now = Date.now();
  const world = show('page:jit', {
    leases: Array.from({ length: 200 }, (_, index) =>
      aLease(now, {
        id: `lease-${index}`,
        ...(index >= 100 && {
          state: 'revoked',
          endReason: 'expired',
          endedAt: new Date(now - index * 60_000).toISOString(),
          verifiedAt: new Date(now - index * 60_000).toISOString(),
        }),
      }),
    ),
  });
  const list = async (label: string) =>
    await screen.findByLabelText(
      label,
      { selector: 'ul' },
      { timeout: 30_000 },
    );
  expect((await list('Live')).children).toHaveLength(50);
  expect((await list('Past')).children).toHaveLength(20);
  expect(
    screen.getAllByText(/^The newest .* leases; there are more$/),
  ).toHaveLength(2);

  const limits: unknown[] = [];
  world.before = async (call, [query]) => {
    if (call === 'listLeases') {
      limits.push((query as { limit?: number }).limit);
    }
  };
  await userEvent.click(screen.getAllByText('Show more')[0]);
  expect(await screen.findByText('100 leases')).toBeVisible();
  expect((await list('Live')).children).toHaveLength(100);
  expect(limits).toContain(100);
});

it('shows nobody but operators that there is an everything', async () => {
  show('page:jit', { leases: [] });
  expect(
    await screen.findByText(
      'You have leased nothing yet',
      {},
      { timeout: 30_000 },
    ),
  ).toBeVisible();
  expect(screen.getAllByRole('tab').map(tab => tab.textContent)).toEqual([
    'Mine',
    'Approvals',
    'Environments',
  ]);
});

it('says how many requests wait for the reader, and opens them', async () => {
  show('page:jit', { leases: [], requests: [aRequest(Date.now())] });
  await userEvent.click(
    await screen.findByRole(
      'tab',
      { name: 'Approvals (1)' },
      { timeout: 30_000 },
    ),
  );
  expect(
    await screen.findByRole('button', { name: /^Approve Orders database/ }),
  ).toBeVisible();
});
