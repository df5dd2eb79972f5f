import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { RequestDecision } from '@backstage-jit/plugin-jit-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aLease,
  aRequest,
  aWorld,
  fakeJit,
  FakeWorld,
  INES,
  NADIA,
  RAVI,
  refused,
} from '../../__testUtils__';
import { jitApiRef } from '../../api';
import { useWaitingForMe } from '../../hooks';
import { formatInstant, toLocalField } from '../../time';
import { Approvals } from './Approvals';

jest.setTimeout(240_000);
beforeEach(() => sessionStorage.clear());

const user = userEvent.setup();

const Inbox = () => (
  <Approvals waiting={useWaitingForMe()} onOpen={() => undefined} />
);

/** The inbox of Ines on a world in memory, with the decisions that she sends. */
async function openInbox(changes: Partial<FakeWorld>) {
  const sent: Array<{ id: string; order: RequestDecision }> = [];
  const world = aWorld({ me: INES, ...changes });
  const { before } = world;
  world.before = async (call, args) => {
    if (call === 'decideRequest') {
      const [id, order] = args as [string, RequestDecision];
      sent.push({ id, order });
    }
    await before?.(call, args);
  };
  const noticed = new Set<(message: object) => void>();
  const signalApi: SignalApi = {
    subscribe: (channel, onMessage) => {
      const listener = onMessage as (message: object) => void;
      if (channel === 'notifications') {
        noticed.add(listener);
      }
      return { unsubscribe: () => noticed.delete(listener) };
    },
  };
  const view = await renderInTestApp(
    <TestApiProvider
      apis={[
        [jitApiRef, fakeJit(world)],
        [signalApiRef, signalApi],
      ]}
    >
      <Inbox />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  const notify = () =>
    act(() => noticed.forEach(listener => listener({ action: 'new' })));
  return { world, sent, view, notify };
}

const WHAT = 'Orders database, read and write for nadia.osei';
const button = (name: RegExp | string) => screen.findByRole('button', { name });

async function theCard(): Promise<HTMLElement> {
  const list = await screen.findByRole('list', {
    name: 'Requests to decide about',
  });
  return list.children[0] as HTMLElement;
}

it('shows what has come to be decided as soon as its reader is notified', async () => {
  const { world, notify } = await openInbox({ requests: [] });
  await screen.findByText('Nothing waits for your decision');
  world.requests = [aRequest(Date.now(), { reason: 'OPS-7 new' })];
  notify();
  expect(await screen.findByText('OPS-7 new')).toBeVisible();
});

it('says who asks for what, where, why, for whom and how long, what they have, and who decides', async () => {
  const now = Date.now();
  const reason = '<b>OPS-1</b> fix order 9';
  await openInbox({
    requests: [aRequest(now, { reason, requester: RAVI })],
    leases: [
      aLease(now),
      ...[40, 90].map(minutes =>
        aLease(now - minutes * 60_000, {
          id: `past-${minutes}`,
          state: 'revoked',
          profileTitle: 'Orders database, read and write',
          endedAt: new Date(now - minutes * 60_000).toISOString(),
        }),
      ),
      // Never held.
      aLease(now, { id: 'no', state: 'denied', grantedAt: undefined }),
    ],
    presence: [
      { subject: NADIA, profileTitle: 'Orders exports' },
      { subject: RAVI, profileTitle: 'Not hers' },
    ],
  });
  const card = await theCard();
  await within(card).findByText(/^Before: /);
  expect(card).toHaveTextContent(
    'ravi.lindqvist asks on behalf of nadia.osei:',
  );
  expect(card).toHaveTextContent(
    'Orders database, read and write on orders-db · for 1 h',
  );
  expect(card).toHaveTextContent(
    'memberOf: orders_readwrite · database: orders',
  );
  expect(card).toHaveTextContent(/asked \d min ago · lapses in 7 h 5\d min/);
  expect(card).toHaveTextContent(reason);
  expect(card.querySelector('b')).toBeNull();
  expect(card).toHaveTextContent(
    /Now: Orders database, read only, 2\d min left; Orders exports/,
  );
  expect(card).toHaveTextContent(
    /Before: Orders database, read and write 2 times, last until/,
  );
  expect(card).not.toHaveTextContent('Not hers');
  const steps = within(card).getByRole('list', { name: 'Who decides' });
  expect(steps).toHaveTextContent(
    /tomas\.varga approved .*“I look over her shoulder”/,
  );
  expect(steps).toHaveTextContent(
    'Members of security · 1 of 1 still to approve',
  );
});

it('says how much more somebody wants, and lets less of it be given but no later start', async () => {
  const now = Date.now();
  const until = new Date(now + 90 * 60_000).toISOString();
  const { sent } = await openInbox({
    requests: [
      aRequest(now, {
        extends: {
          leaseId: 'l',
          durationMs: 60 * 60_000,
          from: new Date(now + 30 * 60_000).toISOString(),
          until,
        },
      }),
    ],
  });
  const card = await theCard();
  expect(card).toHaveTextContent('nadia.osei wants:');
  expect(card).toHaveTextContent(
    `Orders database, read and write on orders-db · 1 h more, until ${formatInstant(
      until,
      { now },
    )}`,
  );
  await user.click(await button('Give less…'));
  await user.selectOptions(screen.getByLabelText('How long'), '15 min');
  expect(screen.queryByLabelText('Not before')).not.toBeInTheDocument();
  await user.click(await button(`Approve 1 h more of ${WHAT}`));
  expect(sent[0].order).toEqual({
    decision: 'approve',
    revision: 1,
    duration: { milliseconds: 15 * 60_000 },
  });
});

it('approves as asked, and says what became of it until that is put away', async () => {
  const { sent } = await openInbox({ requests: [aRequest(Date.now())] });
  await user.click(await button(`Approve ${WHAT}`));
  expect(sent).toEqual([
    {
      id: expect.any(String),
      order: { decision: 'approve', revision: 1 },
    },
  ]);
  expect(await screen.findByText('Approved')).toBeVisible();
  expect(await theCard()).toHaveTextContent(/ines\.calder approved/);
  await user.click(await button(`Hide ${WHAT}`));
  expect(screen.getByText('Nothing waits for your decision')).toBeVisible();
});

it('approves for a shorter time and from a later start, and never from an earlier one', async () => {
  const { sent } = await openInbox({ requests: [aRequest(Date.now())] });
  await user.click(await button('Give less…'));
  await user.selectOptions(screen.getByLabelText('How long'), '15 min');
  const start = screen.getByLabelText('Not before');
  await user.type(start, toLocalField(Date.now() - 3_600_000));
  await user.click(await button(`Approve ${WHAT}`));
  expect(sent).toEqual([]);
  expect(screen.getByRole('alert')).toHaveTextContent(
    /earlier than what was asked for/,
  );

  const tomorrow = toLocalField(Date.now() + 86_400_000);
  await user.clear(start);
  await user.type(start, tomorrow);
  await user.click(await button(`Approve ${WHAT}`));
  expect(sent.map(({ order }) => order)).toEqual([
    {
      decision: 'approve',
      revision: 1,
      duration: { milliseconds: 900_000 },
      startsAt: new Date(tomorrow).toISOString(),
    },
  ]);
});

it('denies with a comment, and not without', async () => {
  const { sent } = await openInbox({ requests: [aRequest(Date.now())] });
  await user.click(await button(`Deny ${WHAT}`));
  expect(sent).toEqual([]);
  expect(screen.getByText(/Say why not/)).toBeVisible();
  // The cursor stands where the comment goes.
  await user.keyboard('  Use the replica ');
  await user.click(await button(`Deny ${WHAT}`));
  expect(sent.map(({ order }) => order)).toEqual([
    { decision: 'deny', revision: 1, comment: 'Use the replica' },
  ]);
  expect(await screen.findByText('Denied')).toBeVisible();
});

it('says why a condition does not grant it', async () => {
  const seen = aRequest(Date.now());
  const why = `${NADIA} is not on call`;
  const context = [{ source: 'on-call', satisfied: false, why }];
  const asked = seen.asked?.map(each => ({ ...each, context }));
  await openInbox({ requests: [{ ...seen, asked }] });
  expect(
    await screen.findByText(
      'Not at once by on-call: nadia.osei is not on call',
    ),
  ).toBeVisible();
});

describe('what happens meanwhile', () => {
  it('goes round again: says what changed, keeps what was typed, and decides about what is shown now', async () => {
    const seen = aRequest(Date.now());
    const changed = {
      ...seen,
      revision: 2,
      changes: [
        {
          profileId: 'orders-db-write',
          field: 'parameters.memberOf',
          before: '["orders_readwrite"]',
          after: '["orders_owner"]',
        },
      ],
    };
    const { world, sent } = await openInbox({ requests: [seen] });
    const comment = await screen.findByLabelText(/^Comment/);
    await user.type(comment, 'For an hour');
    world.requests = [changed];
    await user.click(await button(`Approve ${WHAT}`));

    expect(
      await screen.findByText(/has changed: it is at revision 2/),
    ).toBeVisible();
    expect(
      await screen.findByText(
        'parameters.memberOf: ["orders_owner"] instead of ["orders_readwrite"]',
      ),
    ).toBeVisible();
    expect(comment).toHaveValue('For an hour');
    await user.click(await button(`Approve ${WHAT}`));
    expect(sent.map(({ order }) => order.revision)).toEqual([1, 2]);
    expect(await screen.findByText('Approved')).toBeVisible();
  });

  it('is decided by somebody else: says by whom, and keeps what was typed to be read', async () => {
    const seen = aRequest(Date.now());
    const [owners, security] = seen.steps;
    const { world } = await openInbox({ requests: [seen] });
    await user.type(await screen.findByLabelText(/^Comment/), 'Fine with me');
    world.requests = [
      {
        ...seen,
        state: 'denied',
        steps: [
          owners,
          {
            ...security,
            decisions: [
              {
                by: RAVI,
                decision: 'deny',
                at: new Date().toISOString(),
                comment: 'Not now',
              },
            ],
          },
        ],
      },
    ];
    await user.click(await button(`Approve ${WHAT}`));
    expect(await screen.findByText('Denied')).toBeVisible();
    const card = await theCard();
    expect(card).toHaveTextContent(/is denied already/);
    expect(card).toHaveTextContent(/ravi\.lindqvist said no .*“Not now”/);
    expect(card).toHaveTextContent('What you had typed: “Fine with me”');
  });

  it('loses no typed word to a failure or a reload', async () => {
    const requests = [aRequest(Date.now())];
    const before = async (call: string) => {
      if (call === 'decideRequest') {
        throw await refused(503, 'The catalog does not answer');
      }
    };
    const { view } = await openInbox({ requests, before });
    await user.type(await screen.findByLabelText(/^Comment/), 'Read me');
    await user.click(await button(`Approve ${WHAT}`));
    expect(
      await screen.findByText('The catalog does not answer'),
    ).toBeVisible();
    expect(screen.getByLabelText(/^Comment/)).toHaveValue('Read me');
    view.unmount();
    await openInbox({ requests });
    expect(await screen.findByLabelText(/^Comment/)).toHaveValue('Read me');
  });
});

describe('many at once', () => {
  const now = Date.now();
  const read = aRequest(now, { id: 'read' });
  const requests = [
    aRequest(now, { id: 'w1' }),
    aRequest(now, { id: 'w2' }),
    aRequest(now, { id: 'w3' }),
    {
      ...read,
      asked: [
        {
          ...read.asked![0],
          profileId: 'orders-db-read',
          profileTitle: 'Orders database, read only',
        },
      ],
    },
  ];

  it('is only for requests for the same, each at the revision that is shown, and says which failed', async () => {
    const { world, sent } = await openInbox({
      requests,
      before: async (call, [id]) => {
        if (call === 'decideRequest' && id === 'w2') {
          throw await refused(409, 'Request w2 has lapsed');
        }
      },
    });
    const boxes = await screen.findAllByRole('checkbox');
    // Nothing else is like the one to read.
    expect(boxes).toHaveLength(3);
    await user.click(boxes[0]);
    await user.click(await button('Choose all of these'));
    await user.type(
      within(
        screen.getByRole('region', { name: /^3 requests/ }),
      ).getByLabelText(/^Comment/),
      'Release night',
    );
    await user.click(await button('Approve these'));
    await waitFor(() => expect(sent).toHaveLength(3));
    expect(sent).toEqual(
      ['w1', 'w2', 'w3'].map(id => ({
        id,
        order: { decision: 'approve', revision: 1, comment: 'Release night' },
      })),
    );
    expect(await screen.findByText('Request w2 has lapsed')).toBeVisible();
    expect(world.requests.map(({ state }) => state)).toEqual([
      'approved',
      'pending',
      'approved',
      'pending',
    ]);
  });

  it('denies none without a comment', async () => {
    const { sent } = await openInbox({ requests });
    await user.click((await screen.findAllByRole('checkbox'))[0]);
    await user.click(await button('Deny these'));
    expect(screen.getByText(/Say why not/)).toBeVisible();
    expect(sent).toEqual([]);
  });
});

it('says what would be here, and what keeps it from being known', async () => {
  await openInbox({});
  expect(
    await screen.findByText('Nothing waits for your decision'),
  ).toBeVisible();
  expect(screen.getByText(/who asks, for what, why/)).toBeVisible();
});

it('says when it cannot be asked', async () => {
  await openInbox({
    before: async () => {
      throw await refused(503, 'The catalog does not answer');
    },
  });
  expect(await screen.findByText('The catalog does not answer')).toBeVisible();
});
