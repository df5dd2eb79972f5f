import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aLease, NADIA, RAVI, refused } from '../../__testUtils__';
import { showPage } from './__testUtils__/showPage';

jest.setTimeout(240_000);

const HOUR = 3_600_000;

function broken(reviewDueInMs: number, changes: object = {}) {
  const now = Date.now();
  return aLease(now, {
    id: 'broken',
    profileTitle: 'Orders database, read and write',
    requester: RAVI,
    subject: RAVI,
    reason: 'OPS-9 <b>all</b> is on fire',
    breakGlass: { reviewDueAt: new Date(now + reviewDueInMs).toISOString() },
    ...changes,
  });
}

const due = () => screen.findByRole('region', { name: 'Reviews due' });

describe('reviews', () => {
  it('are due until somebody else says what they found, and failures lose no word', async () => {
    const sent: unknown[] = [];
    let failing = true;
    await showPage({
      leases: [broken(24 * HOUR), aLease(Date.now())],
      before: async (call, [, body]) => {
        if (call === 'reviewLease') {
          sent.push(body);
          if (failing) {
            throw await refused(503, 'The ledger does not answer');
          }
        }
      },
    });
    const section = within(await due());
    expect(section.getAllByRole('listitem')).toHaveLength(1);
    // What people write stays text.
    expect(
      section.getByText('Reason: OPS-9 <b>all</b> is on fire'),
    ).toBeVisible();
    await userEvent.click(section.getByRole('button', { name: /^Review / }));
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Reviewed' });
    await userEvent.click(submit);
    expect(dialog.getByText(/^Say what you found/)).toBeVisible();
    expect(sent).toEqual([]);
    const comment = dialog.getByLabelText(/^What did you find/);
    await userEvent.type(comment, ' One refund, right so ');
    await userEvent.click(submit);
    expect(await dialog.findByText('The ledger does not answer')).toBeVisible();
    expect(comment).toHaveValue(' One refund, right so ');
    failing = false;
    await userEvent.click(submit);
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Reviews due' }),
      ).not.toBeInTheDocument(),
    );
    expect(sent.at(-1)).toEqual({ comment: 'One refund, right so' });
  });

  it('are shown to the holder too, who cannot do them; a missed one says what it closes', async () => {
    await showPage({
      leases: [
        broken(-HOUR, {
          requester: NADIA,
          subject: NADIA,
          state: 'revoked',
          endReason: 'expired',
          verifiedAt: new Date().toISOString(),
        }),
      ],
    });
    const section = within(await due());
    expect(section.getByText(/cannot break the glass again/)).toBeVisible();
    expect(
      section.queryByRole('button', { name: /^Review / }),
    ).not.toBeInTheDocument();
  });

  it('say when somebody who has to know of it was not told', async () => {
    const lease = broken(HOUR);
    const undeliveredSince = new Date(Date.now() - HOUR).toISOString();
    const breakGlass = { ...lease.breakGlass!, undeliveredSince };
    await showPage({ leases: [{ ...lease, breakGlass }] });
    const section = within(await due());
    expect(section.getByText(/has not been told since/)).toBeVisible();
  });

  it('can be done where a notice leads', async () => {
    await showPage({ leases: [broken(HOUR)] }, '?lease=broken');
    const drawer = within(
      await screen.findByRole('dialog', {
        name: 'Orders database, read and write',
      }),
    );
    expect(drawer.getByText('Break-glass')).toBeVisible();
    expect(drawer.getByRole('button', { name: /^Review / })).toBeEnabled();
  });

  it('say by whom they were done, and are asked of nobody for what was approved', async () => {
    const now = new Date().toISOString();
    await showPage({
      leases: [
        broken(HOUR, {
          subject: NADIA,
          breakGlass: {
            reviewDueAt: now,
            reviewedAt: now,
            reviewedBy: 'user:default/tomas.varga',
          },
        }),
        aLease(Date.now()),
      ],
    });
    const [reviewed, approved] = await within(
      await screen.findByRole('list', { name: 'Live' }),
    ).findAllByRole('listitem');
    expect(reviewed).toHaveTextContent(/Reviewed .* by tomas.varga/);
    expect(approved).not.toHaveTextContent(/eview/);
    expect(
      screen.queryByRole('region', { name: 'Reviews due' }),
    ).not.toBeInTheDocument();
  });
});
