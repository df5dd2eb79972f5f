import { identityApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { act, screen } from '@testing-library/react';
import {
  aLease,
  aRequest,
  aWorld,
  fakeJit,
  FakeWorld,
  identityOf,
  INES,
  RAVI,
  refused,
} from '../../__testUtils__';
import { jitApiRef } from '../../api';
import { leaseChanges } from '../../live';
import { JitSidebarItem } from './JitSidebarItem';

jest.setTimeout(240_000);

const NOW = Date.now();
const brokenBy = (subject: string) =>
  aLease(NOW, {
    id: `broken-by-${subject}`,
    subject,
    requester: subject,
    breakGlass: { reviewDueAt: new Date(NOW + 3_600_000).toISOString() },
  });

async function showItem(changes: Partial<FakeWorld>): Promise<FakeWorld> {
  const world = aWorld({ me: INES, ...changes });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [jitApiRef, fakeJit(world)],
        [identityApiRef, identityOf(world.me)],
      ]}
    >
      <JitSidebarItem />
    </TestApiProvider>,
  );
  return world;
}

it('counts what waits for its reader, and nothing that others have to do', async () => {
  const world = await showItem({
    requests: [aRequest(NOW), aRequest(NOW, { id: 'another' })],
    leases: [brokenBy(RAVI), brokenBy(INES), aLease(NOW)],
  });
  const link = await screen.findByRole('link', {
    name: 'Just-in-time: 3 things wait for you',
  });
  expect(link).toHaveAttribute('href', '/just-in-time');
  expect(screen.getByText('3')).toBeVisible();

  world.requests = [];
  world.leases = [brokenBy(RAVI)];
  act(() => leaseChanges.announce());
  await screen.findByRole('link', {
    name: 'Just-in-time: 1 thing waits for you',
  });
  world.leases = [];
  act(() => leaseChanges.announce());
  await screen.findByRole('link', { name: 'Just-in-time' });
});

it('counts nothing while nobody answers', async () => {
  await showItem({
    requests: [aRequest(NOW)],
    before: async () => {
      throw await refused(503, 'The ledger does not answer');
    },
  });
  expect(
    screen.getByRole('link', { name: 'Just-in-time' }),
  ).toBeInTheDocument();
});
