import { Lease } from '@backstage-jit/plugin-jit-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import { aLease, FakeWorld, NADIA, READ, refused } from '../../__testUtils__';
import { formatInstant } from '../../time';
import {
  aLedger,
  NOW,
  openTab,
  pass,
  turnClocksByHand,
  user,
} from './__testUtils__/openTab';

const HOUR = 3_600_000;
const MINUTE = 60_000;

jest.setTimeout(240_000);
turnClocksByHand();

const change = (world: FakeWorld, changes: Partial<Lease>) => {
  world.leases = world.leases.map(lease => ({ ...lease, ...changes }));
};

const button = (name: RegExp | string) => screen.getByRole('button', { name });

describe('asking', () => {
  it('takes one click where nothing has to be said, and says why not where it is refused', async () => {
    const world = aLedger({});
    await openTab(world);
    expect(
      screen.getByText('You hold nothing here at the moment.'),
    ).toBeVisible();
    expect(
      screen.getByText(/Only members of group:default\/dba/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /administrator/ }),
    ).not.toBeInTheDocument();

    await user.click(button('Orders database, read only for 30 min, at once'));
    expect(await screen.findByText('30 min left')).toBeVisible();
    expect(world.leases).toMatchObject([
      { profileId: 'orders-db-read', durationMs: 30 * MINUTE },
    ]);
    // It takes the backend a moment until one is in.
    const nobody = () => screen.queryByText('Nobody is in at the moment.');
    expect(nobody()).toBeVisible();
    world.presence = [{ subject: NADIA, profileTitle: READ.title }];
    await pass(5_500);
    expect(nobody()).not.toBeInTheDocument();
  });

  it('says live what will happen, loses no typed word to any failure, and asks twice for the same only once', async () => {
    const sent: Array<{ request: unknown; key?: string }> = [];
    const failures = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      async () => {
        throw await refused(503, 'The ledger does not answer');
      },
      async () => {
        throw await refused(401, 'Invalid token');
      },
    ];
    const world = aLedger({
      before: async (call, args) => {
        const [request, options] = args as [
          { reason?: string },
          { idempotencyKey?: string },
        ];
        if (call === 'previewRequest' && !/^OPS-\d/.test(request.reason!)) {
          throw await refused(
            400,
            'reason does not begin as the profile wants it ((?<ticket>[A-Z]+-\\d+)), for example: OPS-123 fix order 9',
          );
        }
        if (call === 'createRequest') {
          sent.push({ request, key: options.idempotencyKey });
          await failures.shift()?.();
        }
      },
    });
    await openTab(world);
    await user.click(button('Ask for Orders database, read and write'));
    const dialog = within(await screen.findByRole('dialog'));
    const reason = () => dialog.getByRole('textbox', { name: /Reason/ });
    expect(reason()).toHaveFocus();
    expect(dialog.getByText('For example: OPS-123 fix order 9')).toBeVisible();
    expect(dialog.getByText('Only the reason is missing.')).toBeVisible();

    fireEvent.change(reason(), { target: { value: 'fix order 9' } });
    await user.tab();
    expect(
      await dialog.findByText(
        'This profile wants a reason that begins like this one: OPS-123 fix order 9',
      ),
    ).toBeVisible();
    expect(dialog.queryByText(/\?<ticket>/)).not.toBeInTheDocument();

    fireEvent.change(reason(), { target: { value: 'OPS-9 fix order 9' } });
    await user.click(dialog.getByRole('button', { name: '1 h' }));
    expect(await dialog.findByText('You get this at once.')).toBeVisible();

    await user.type(reason(), '{Enter}');
    expect(
      await dialog.findByText('The portal’s backend cannot be reached'),
    ).toBeVisible();
    expect(reason()).toHaveValue('OPS-9 fix order 9');
    await user.click(dialog.getByRole('button', { name: 'Try again' }));
    expect(await dialog.findByText('The ledger does not answer')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Ask' }));
    expect(
      await dialog.findByText('You are no longer signed in'),
    ).toBeVisible();
    expect(reason()).toHaveValue('OPS-9 fix order 9');

    // As after a new sign-in: the dialog is opened afresh.
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await user.click(button('Ask for Orders database, read and write'));
    expect(reason2()).toHaveValue('OPS-9 fix order 9');
    expect(
      screen.getByText('What you typed here before is still there.'),
    ).toBeVisible();
    await user.type(reason2(), '{Enter}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );

    expect(world.leases).toHaveLength(1);
    expect(sent).toHaveLength(4);
    expect(sent[3].request).toEqual({
      leases: [
        {
          profileId: 'orders-db-write',
          entityRef: 'resource:default/orders-db',
          duration: { milliseconds: HOUR },
        },
      ],
      reason: 'OPS-9 fix order 9',
    });
    // Unknown outcomes are asked about again under the same name; a refusal settles it.
    const keys = sent.map(({ key }) => key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
    expect(sessionStorage).toHaveLength(0);

    function reason2() {
      return screen.getByRole('textbox', { name: /Reason/ });
    }
  });
});

describe('a lease in view', () => {
  it('is counted down by the ledger’s clock while the browser’s is an hour fast, to its verified end', async () => {
    const inMinutes = (n: number) => new Date(NOW + n * MINUTE).toISOString();
    const lease = aLease(NOW, {
      expiresAt: inMinutes(6),
      extensibleUntil: inMinutes(8),
    });
    const world = aLedger({ leases: [lease] }, HOUR);
    await openTab(world);
    expect(screen.getByText('6 min left')).toBeVisible();
    expect(screen.getByText(/this computer is 1 h fast/)).toBeVisible();

    await pass(1.5 * MINUTE);
    expect(screen.getByText('5 min left')).toBeVisible();
    expect(document.querySelector('[aria-live]')).toHaveTextContent(
      'Orders database, read only: 5 min left',
    );

    await user.click(button('Extend Orders database, read only'));
    await user.click(
      screen.getByRole('menuitem', { name: /^As long as possible, until/ }),
    );
    expect(await screen.findByText('7 min left')).toBeVisible();

    await pass(6.6 * MINUTE);
    expect(screen.getByText('Time is up. Ending…')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /done/ }),
    ).not.toBeInTheDocument();

    change(world, { state: 'revoking', endReason: 'expired' });
    await pass(6_000);
    expect(screen.getByText('Ending…')).toBeVisible();

    const verifiedAt = new Date(world.now()).toISOString();
    change(world, { state: 'revoked', endedAt: verifiedAt, verifiedAt });
    await pass(6_000);
    const time = formatInstant(verifiedAt, { now: world.now(), seconds: true });
    expect(screen.getByText(`Gone, verified ${time}`)).toBeVisible();
    expect(document.querySelector('[aria-live]')).toHaveTextContent(
      `Orders database, read only is gone, verified ${time}`,
    );
  });

  it('ends later at once as far as it may, and beyond that once people have approved', async () => {
    const inMinutes = (n: number) => new Date(NOW + n * MINUTE).toISOString();
    const world = aLedger({
      leases: [
        aLease(NOW, {
          expiresAt: inMinutes(20),
          extensibleUntil: inMinutes(40),
          extensibleByApprovalMs: 2 * HOUR,
        }),
      ],
      steps: [
        {
          rule: 'members of group:default/security',
          approvers: ['group:default/security'],
          count: 1,
          state: 'open',
          decisions: [],
        },
      ],
    });
    await openTab(world);
    await user.click(button('Extend Orders database, read only'));
    const choices = screen
      .getAllByRole('menuitem')
      .map(({ textContent }) => textContent?.replace(/ until.*/, ''));
    expect(choices).toEqual([
      '15 min more,',
      'As long as possible,',
      'Ask for 30 min more,',
      'Ask for 1 h more,',
      'Ask for 2 h more,',
    ]);
    await user.click(
      screen.getByRole('menuitem', { name: /^Ask for 1 h more/ }),
    );
    const dialog = within(
      screen.getByRole('dialog', {
        name: '1 h more of Orders database, read only',
      }),
    );
    expect(
      await dialog.findByText(/members of group:default\/security/),
    ).toBeVisible();
    await user.clear(dialog.getByLabelText('Reason'));
    await user.type(dialog.getByLabelText('Reason'), 'OPS-9 still at it');
    expect(world.requests).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Ask' }));
    expect(
      await screen.findByText(
        /Waiting for approval of 1 h more, until .* · Waiting for 1 of 1 from security/,
      ),
    ).toBeVisible();
    expect(world.requests[0].reason).toBe('OPS-9 still at it');
    expect(screen.getByText('20 min left')).toBeVisible();
    await user.click(
      button(
        'Do not ask any more for a later end of Orders database, read only',
      ),
    );
    await waitFor(() =>
      expect(
        screen.queryByText(/Waiting for approval/),
      ).not.toBeInTheDocument(),
    );
    expect(world.leases[0].expiresAt).toBe(inMinutes(20));
  });

  it('goes on being counted down while the backend is away, which is said once, and is not asked for in a hidden tab', async () => {
    const world = aLedger({ leases: [aLease(NOW)] });
    await openTab(world);
    const calls = jest.fn(async (_: string) => {
      throw new TypeError('Failed to fetch');
    });
    world.before = calls;
    await pass(31_000);
    expect(
      screen.getAllByText('The portal’s backend cannot be reached'),
    ).toHaveLength(1);
    expect(screen.getByText(/how it was when last heard of/)).toBeVisible();
    await pass(2 * MINUTE);
    expect(screen.getByText('22 min left')).toBeVisible();

    const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    calls.mockClear();
    await pass(2 * MINUTE);
    expect(calls).not.toHaveBeenCalled();

    hidden.mockReturnValue(false);
    world.before = undefined;
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(1_000);
    expect(
      screen.queryByText('The portal’s backend cannot be reached'),
    ).not.toBeInTheDocument();
    hidden.mockRestore();
  });

  it('loses its backend in the eyes of one look before the others: that is said once, from the first on', async () => {
    const world = aLedger({ leases: [aLease(NOW)] });
    await openTab(world);
    const lost = 'The portal’s backend cannot be reached';
    for (const away of [/Presence/, /Presence|Offers/, /./]) {
      world.before = async call => {
        if (away.test(call)) throw new TypeError('Failed to fetch');
      };
      await pass(31_000);
      expect(screen.getAllByText(lost)).toHaveLength(1);
      expect(screen.getAllByText(/how it was when last heard of/)).toHaveLength(
        1,
      );
    }
  });

  it('may have been ended in another tab: that is said, and shown as it is', async () => {
    const world = aLedger({ leases: [aLease(NOW)] });
    await openTab(world);
    change(world, { state: 'revoked', endReason: 'returned' });
    await user.click(button('I’m done with Orders database, read only'));
    expect(await screen.findByText(/has ended already/)).toBeVisible();
    await pass(1_000);
    expect(screen.getByText(/^Gone, verified/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /done/ }),
    ).not.toBeInTheDocument();
  });

  it('is ended from its history too', async () => {
    const world = aLedger({ leases: [aLease(NOW)] });
    await openTab(world);
    await user.click(button('History of Orders database, read only'));
    const drawer = within(await screen.findByRole('dialog'));
    await user.click(
      await drawer.findByRole('button', {
        name: 'I’m done with Orders database, read only',
      }),
    );
    expect(await drawer.findByText('Ending…')).toBeVisible();
    expect(drawer.queryByRole('button', { name: /done/ })).toBeNull();
    expect(world.leases[0].state).toBe('revoking');
  });

  it('shows its credentials once: gone with the lease, with the page, and on a word', async () => {
    const secret = 'postgresql://jit_7:fixture@db.example.com/orders';
    const world = aLedger({
      leases: [
        aLease(NOW, { expiresAt: new Date(NOW + MINUTE).toISOString() }),
      ],
      credentials: {
        forms: [
          { id: 'psql', title: 'psql', value: 'psql --help' },
          { id: 'url', title: 'Connection URL', value: secret },
        ],
      },
    });
    const view = await openTab(world);
    const ask = async () => {
      await user.click(button('Credentials of Orders database, read only'));
      await user.click(
        await screen.findByRole('tab', { name: 'Connection URL' }),
      );
      expect(screen.getByText(secret)).toBeVisible();
    };

    await ask();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(button('Copy Connection URL'));
    expect(copied).toHaveBeenCalledWith(secret);
    await user.click(button('Forget them now'));
    expect(screen.queryByText(secret)).not.toBeInTheDocument();

    await ask();
    act(() => {
      window.dispatchEvent(new Event('pagehide'));
    });
    expect(screen.queryByText(secret)).not.toBeInTheDocument();

    await ask();
    await pass(MINUTE);
    expect(screen.queryByText(secret)).not.toBeInTheDocument();
    expect(screen.getByText(/work no longer and were forgotten/)).toBeVisible();

    view.unmount();
    expect(
      JSON.stringify([{ ...sessionStorage }, { ...localStorage }]),
    ).not.toContain('fixture');
  });
});
