import { screen, waitFor, within } from '@testing-library/react';
import { ADMIN, FakeWorld, RAVI, READ, WRITE } from '../../__testUtils__';
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

const HOUR = 3_600_000;
const glass = { breakGlass: { reviewWithinMs: 24 * HOUR } };
const REASON = 'OPS-9 all is on fire';

const openWorld = async (changes: Partial<FakeWorld>) => {
  const asked: Array<{ breakGlass?: boolean }> = [];
  const world = aLedger({
    before: async (call, [request]) => {
      if (call === 'createRequest') {
        asked.push(request as { breakGlass?: boolean });
      }
    },
    ...changes,
  });
  await openTab(world);
  return { world, asked };
};

const button = (name: RegExp | string) => screen.getByRole('button', { name });

describe('breaking the glass', () => {
  it('is had where one is not eligible, with a reason and a tick, and says who is told and who reviews', async () => {
    const { world, asked } = await openWorld({
      offers: [{ ...ADMIN, ...glass }],
    });
    await user.click(
      button('Break the glass for Orders database, administrator'),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Break the glass' });
    expect(submit).toBeDisabled();
    await user.type(dialog.getByLabelText(/^What is the emergency/), REASON);
    await user.keyboard('{Enter}');
    expect(submit).toBeDisabled();
    await pass(400);
    expect(
      dialog.getByText(/^Told at once, with your reason: the operators/),
    ).toHaveTextContent('the operators, orders-team and security');
    expect(
      dialog.getByText(
        /^Somebody else has to review it by 7 May|^Somebody else has to review it by May 7/,
      ),
    ).toBeVisible();
    expect(dialog.getByText('You get this at once.')).toBeVisible();
    expect(asked).toEqual([]);
    await user.click(dialog.getByRole('checkbox'));
    await user.click(submit);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(asked).toMatchObject([
      {
        breakGlass: true,
        reason: REASON,
        leases: [{ profileId: ADMIN.profileId }],
      },
    ]);
    expect(world.leases[0].breakGlass).toBeDefined();
    const yours = within(
      await screen.findByRole('list', { name: 'Your leases' }),
    );
    expect(yours.getByText('Break-glass')).toBeVisible();
    expect(yours.getByText(/^Somebody else has to review it by/)).toBeVisible();
    // Nobody reviews their own.
    expect(
      yours.queryByRole('button', { name: /^Review/ }),
    ).not.toBeInTheDocument();
  });

  it('stands apart in the dialog of what others would have to approve, and brings nothing along from it', async () => {
    const { asked } = await openWorld({
      offers: [{ ...WRITE, automatic: false, ...glass }],
    });
    await user.click(button(/^Ask for Orders database, read and write/));
    await user.type(await screen.findByLabelText(/^Reason/), 'OPS-1 usual');
    await user.click(button(/^Break the glass for/));
    const dialog = await screen.findByRole('dialog', {
      name: /^Break the glass/,
    });
    expect(within(dialog).getByLabelText(/^What is the emergency/)).toHaveValue(
      '',
    );
    await user.click(within(dialog).getByRole('checkbox'));
    expect(
      within(dialog).getByRole('button', { name: 'Break the glass' }),
    ).toBeDisabled();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(asked).toEqual([]);
  });

  it('is not offered to who may not, nor for what is had at once or is closed', async () => {
    await openWorld({
      offers: [
        ADMIN,
        { ...WRITE, ...glass },
        { ...READ, automatic: false, closed: 'away', ...glass },
      ],
    });
    await user.click(button(/^Ask for Orders database, read and write/));
    await screen.findByRole('dialog');
    expect(
      screen.queryByRole('button', { name: /^Break the glass/, hidden: true }),
    ).not.toBeInTheDocument();
  });

  it('is all that is offered while the catalog does not answer, and says why', async () => {
    const { asked } = await openWorld({
      offers: [
        {
          ...WRITE,
          ...glass,
          entityRef: 'resource:default/orders-db',
          automatic: false,
          refusal: 'The catalog does not answer',
        },
      ],
      catalogAsOf: new Date(NOW - HOUR).toISOString(),
    });
    expect(screen.getByText(/^The catalog does not answer/)).toHaveTextContent(
      /all is closed but this.*by who was in the groups/,
    );
    expect(
      screen.queryByRole('button', { name: /^Ask for/ }),
    ).not.toBeInTheDocument();
    await user.click(button(/^Break the glass for/));
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/You are let in by who was in the groups/),
    ).toBeVisible();
    await user.type(dialog.getByLabelText(/^What is the emergency/), REASON);
    await user.click(dialog.getByRole('checkbox'));
    await user.click(dialog.getByRole('button', { name: 'Break the glass' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(asked).toMatchObject([
      {
        breakGlass: true,
        leases: [{ entityRef: 'resource:default/orders-db' }],
      },
    ]);
  });

  it('shows who went in so to everybody who sees who is in', async () => {
    await openWorld({
      presence: [
        { subject: RAVI, profileTitle: WRITE.title, breakGlass: true },
        { subject: RAVI, profileTitle: READ.title },
      ],
    });
    const [first, second] = within(
      screen.getByRole('list', { name: 'Who is in now' }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('Break-glass');
    expect(second).not.toHaveTextContent('Break-glass');
  });
});
