import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refused } from '../../__testUtils__';
import {
  anEnvironment,
  showEnvironments,
} from './__testUtils__/showEnvironments';

jest.setTimeout(240_000);

const HOUR = 3_600_000;
const inHours = (n: number) => new Date(Date.now() + n * HOUR).toISOString();

const aCopy = (changes: Parameters<typeof anEnvironment>[0] = {}) =>
  anEnvironment({
    state: 'revoking',
    endReason: 'expired',
    endedAt: inHours(-1),
    keptUntil: inHours(23.01),
    entityRef: 'component:default/orders-api',
    reason: 'Branch spring-sale',
    durationMs: 2 * HOUR,
    ...changes,
  });

const NAME = 'Restore Database for a branch';

it('counts down to the end of a last copy, and has it back by a request for a new lease', async () => {
  const copy = aCopy();
  const world = await showEnvironments({ leases: [copy] });
  expect(await screen.findByText(/its last copy for 23 h/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: NAME }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/all that is in it, for 2 h,/)).toBeVisible();
  expect(dialog.getByLabelText('Reason')).toHaveValue('Branch spring-sale');

  world.before = async call => {
    if (call === 'createRequest') {
      throw await refused(409, `There is no last copy of lease ${copy.id}`);
    }
  };
  const confirm = dialog.getByRole('button', { name: 'Restore it' });
  await userEvent.click(confirm);
  expect(await dialog.findByText(/There is no last copy/)).toBeVisible();

  const asked = jest.fn(async (_: string, __: unknown[]) => undefined);
  world.before = asked;
  await userEvent.click(confirm);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const [, [request]] = asked.mock.calls.find(
    ([call]) => call === 'createRequest',
  )!;
  expect(request).toEqual({
    leases: [
      {
        profileId: copy.profileId,
        entityRef: copy.entityRef,
        duration: { milliseconds: 2 * HOUR },
        restores: copy.id,
      },
    ],
    reason: 'Branch spring-sale',
  });
});

it('leads from what was restored to where it came from', async () => {
  await showEnvironments({ leases: [anEnvironment({ restores: 'old' })] });
  expect(
    await screen.findByRole('link', { name: /^Restored from the last copy/ }),
  ).toHaveAttribute('href', '/just-in-time?lease=old');
});

it.each([
  ['is somebody else’s', { subject: 'user:default/ravi.anand' }],
  ['has a copy whose time is over', { keptUntil: inHours(-0.01) }],
  ['is part of a bundle that is made anew', { bundle: aBundle() }],
])('is not offered for what %s', async (_, changes) => {
  await showEnvironments({ leases: [aCopy(changes)] });
  await screen.findAllByText('Database for a branch');
  expect(screen.queryByRole('button', { name: NAME })).toBeNull();
});

function aBundle() {
  return { id: 'b', title: 'B', part: 1, parts: 2, waiting: false };
}
