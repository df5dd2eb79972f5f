import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aLease, FakeWorld, NADIA, RAVI, refused } from '../../__testUtils__';
import { showPage } from '../JitPage/__testUtils__/showPage';

jest.setTimeout(240_000);

const DAY = 86_400_000;
const SIGNED = '{"leaseId":"a","sequence":1}\n';

/** What was saved, by its name. */
const saved = new Map<string, string[]>();

jest.mock('./saveFile', () => ({
  saveFile: ({ name, parts }: { name: string; parts: string[] }) =>
    saved.set(name, parts),
}));

const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();

const past = (id: string, days: number, changes: object = {}) =>
  aLease(Date.now() - days * DAY, {
    id,
    state: 'revoked',
    endReason: 'expired',
    endedAt: ago(days),
    verifiedAt: ago(days),
    ...changes,
  });

const leases = () => [
  aLease(Date.now(), { id: 'live' }),
  past('of-ravi', 2, {
    subject: RAVI,
    requester: RAVI,
    profileId: 'orders-db-write',
    profileTitle: 'Orders database, read and write',
    breakGlass: { reviewDueAt: ago(1) },
  }),
  past('old', 20),
];

const openTrail = (changes: Partial<FakeWorld> = {}, search = '') =>
  showPage(
    { leases: leases(), connections: [], ...changes },
    `?view=trail${search}`,
  );

const rows = async () =>
  within(
    await screen.findByRole('list', { name: 'Leases of the period' }),
  ).getAllByRole('listitem');

const exportAs = (format: string) =>
  userEvent.click(
    screen.getByRole('button', { name: `Export the period as ${format}` }),
  );

beforeEach(() => saved.clear());

describe('the trail', () => {
  it('says who had what in the last week, and opens the history of each', async () => {
    await openTrail();
    const [live, ravi, ...others] = await rows();
    expect(others).toEqual([]);
    expect(live).toHaveTextContent(/nadia\.osei.*read only.*Since .*left/);
    expect(ravi).toHaveTextContent(/ravi\.lindqvist.*write.* to .*Break-glass/);
    await userEvent.click(
      within(ravi).getByRole('button', { name: /^History of/ }),
    );
    expect(
      await screen.findByRole('dialog', {
        name: 'Orders database, read and write',
      }),
    ).toBeVisible();
  });

  it('draws when they were there, and opens the history of each', async () => {
    await openTrail();
    const table = within(
      await screen.findByRole('table', { name: /^Leases and when/ }),
    );
    const [, live, ravi, ...others] = table.getAllByRole('row');
    expect(others).toEqual([]);
    expect(live).toHaveTextContent(/read only.*nadia\.osei.*Since .* so far/);
    expect(ravi).toHaveTextContent(/ravi\.lindqvist · Break-glass.* to /);
    await userEvent.click(within(ravi).getByRole('button'));
    expect(
      await screen.findByRole('dialog', {
        name: 'Orders database, read and write',
      }),
    ).toBeVisible();
  });

  it('draws nothing where nobody had anything', async () => {
    await openTrail({
      leases: [past('asked', 2, { state: 'denied', grantedAt: undefined })],
    });
    expect(await rows()).toHaveLength(1);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it.each([
    ['&period=30', 3],
    [`&period=30&person=${NADIA}`, 2],
    ['&profile=orders-db-write', 1],
    ['&state=active', 1],
    ['&period=nonsense', 2],
  ])('is narrowed down by its address: %s', async (search, count) => {
    await openTrail({}, search);
    expect(await rows()).toHaveLength(count);
  });

  it('says when there is nothing in a period', async () => {
    await openTrail(
      {},
      '&period=chosen&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z',
    );
    expect(
      await screen.findByText('Nothing in this period fits these filters'),
    ).toBeVisible();
  });

  it('is not there for who is no operator', async () => {
    await openTrail({ connections: undefined });
    await screen.findByRole('list', { name: 'Live' });
    expect(
      screen.queryByRole('tab', { name: 'Trail' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Export' }),
    ).not.toBeInTheDocument();
  });
});

describe('the export', () => {
  it('saves the period once all of it has come, and tells how far it is', async () => {
    const asked: unknown[] = [];
    let goOn = () => undefined as void;
    const gate = new Promise<void>(resolve => {
      goOn = resolve;
    });
    await openTrail({
      exportLines: async function* exportLines(query) {
        asked.push(query);
        yield SIGNED.repeat(50);
        await gate;
        yield '{"end":{"events":50}}\n';
      },
    });
    await rows();
    await exportAs('JSON lines');
    expect(await screen.findByText('Exporting… 2 kB so far')).toBeVisible();
    expect([...saved]).toEqual([]);
    goOn();
    expect(
      await screen.findByText(/^jit-trail-.*\.jsonl was saved, 2 kB\.$/),
    ).toBeVisible();
    expect([...saved.values()].map(parts => parts.length)).toEqual([2]);
    expect(asked).toEqual([
      { format: 'jsonl', from: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
  });

  it('saves nothing that is not whole, and says what went wrong', async () => {
    const world = await openTrail({
      exportLines: async function* exportLines() {
        yield SIGNED;
      },
    });
    await rows();
    await exportAs('JSON lines');
    expect(await screen.findByText(/^The export broke off/)).toBeVisible();
    world.exportLines = async function* exportLines() {
      yield 'at,leaseId\r\n';
      throw await refused(503, 'The ledger does not answer');
    };
    await exportAs('CSV');
    expect(await screen.findByText('The ledger does not answer')).toBeVisible();
    expect([...saved]).toEqual([]);
    world.exportLines = async function* exportLines() {
      yield 'at,leaseId\r\n';
    };
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect([...saved.keys()]).toHaveLength(1));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
