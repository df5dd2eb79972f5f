import { ApprovalStepStatus } from '@backstage-jit/plugin-jit-common';
import { screen, within } from '@testing-library/react';
import { aLease, RAVI, WRITE } from '../../__testUtils__';
import {
  aLedger,
  NOW,
  openTab,
  pass,
  turnClocksByHand,
  user,
} from './__testUtils__/openTab';

jest.setTimeout(240_000);
turnClocksByHand();

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const OWNERS: ApprovalStepStatus = {
  rule: 'owners of the target',
  approvers: ['group:default/orders-team'],
  count: 1,
  state: 'done',
  openedAt: at(-4),
  decisions: [{ by: RAVI, decision: 'approve', at: at(-3) }],
};
const SECURITY: ApprovalStepStatus = {
  rule: 'members of group:default/security',
  approvers: ['group:default/security'],
  count: 2,
  state: 'open',
  openedAt: at(-3),
  decisions: [
    { by: 'user:default/mika.harrow', decision: 'approve', at: at(-1) },
  ],
};
const asked = aLease(NOW, {
  state: 'requested',
  requestedAt: at(-4),
  grantedAt: undefined,
  expiresAt: undefined,
});

it('says before asking who approves', async () => {
  await openTab(
    aLedger({
      offers: [
        {
          ...WRITE,
          automatic: false,
          approval: [
            { rule: 'owners of the target', count: 1 },
            { rule: 'members of group:default/security', count: 2 },
          ],
        },
      ],
    }),
  );
  expect(
    screen.getByText(
      'Approved by owners of the target, then 2 members of security, up to 1 h',
    ),
  ).toBeVisible();
});

it('says whom a request waits for, since when and until when, and withdraws it', async () => {
  const world = aLedger({ leases: [asked], steps: [OWNERS, SECURITY] });
  await openTab(world);
  const row = screen.getByRole('list', { name: 'Your leases' });
  expect(row).toHaveTextContent(
    'Waiting for 1 of 2 from security · asked 4 min ago · lapses in 7 h 56 min',
  );
  expect(screen.getByText(/You have asked for this/)).toBeVisible();
  const steps = within(row).getByRole('list', { name: 'Who decides' });
  const [done, open] = within(steps).getAllByRole('listitem');
  expect(done).toHaveTextContent('Owners of the target · approved');
  expect(done).toHaveTextContent(/ravi\.lindqvist approved/);
  expect(done).not.toHaveTextContent('Can decide');
  expect(open).toHaveTextContent(
    '2 members of security · 1 of 2 still to approve · for 3 min',
  );
  expect(open).toHaveTextContent('Can decide: security');

  await user.click(screen.getByRole('button', { name: /^Withdraw/ }));
  await pass(500);
  expect(world.leases).toMatchObject([{ state: 'withdrawn' }]);
});

it('says who denied it and why, markup and all as text', async () => {
  const comment = '<img src=x onerror=alert(1)> Use the read replica';
  await openTab(
    aLedger({
      leases: [
        {
          ...asked,
          state: 'denied',
          endReason: 'denied',
          endedAt: at(-1),
        },
      ],
      steps: [
        OWNERS,
        {
          ...SECURITY,
          state: 'waiting',
          decisions: [
            {
              by: 'user:default/ines.calder',
              decision: 'deny',
              at: at(-1),
              comment,
            },
          ],
        },
      ],
    }),
  );
  const row = screen.getByRole('list', { name: 'Your leases' });
  expect(row).toHaveTextContent('Not granted');
  expect(row).not.toHaveTextContent(/somebody who decides/i);
  expect(row).toHaveTextContent(/ines\.calder said no/);
  expect(row).toHaveTextContent(`“${comment}”`);
  expect(row.querySelector('img')).toBeNull();
});

it('says that nobody decided, which is not that it was late to start', async () => {
  await openTab(
    aLedger({
      leases: [{ ...asked, state: 'lapsed', endedAt: at(-1) }],
      steps: [{ ...SECURITY, state: 'waiting' }],
    }),
  );
  const row = screen.getByRole('list', { name: 'Your leases' });
  expect(row).toHaveTextContent('Lapsed: nobody decided in time');
  expect(row).toHaveTextContent('not asked any more');
});
