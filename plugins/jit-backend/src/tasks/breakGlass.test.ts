import { mockServices } from '@backstage/backend-test-utils';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ENTITIES, group, ORDERS_DB, user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { writeReviewsDue } from '../database/operations/recheck/writeReviewsDue';
import { writeTold } from '../database/operations/recheck/writeTold';
import { deliverNotices } from './deliverNotices';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KIM = 'user:default/kim';

const glass = {
  ...JIT_CONFIG.profiles[0],
  id: 'glass',
  title: 'In an emergency',
  duration: { default: '1h', maximum: '4h' },
  breakGlass: { groups: ['group:default/sre'], reviewWithin: '23h' },
  approval: { steps: [{ approvers: [{ group: 'group:default/security' }] }] },
};

onBothDatabases('a broken glass', database => {
  let bench: RestBench;
  let leaseId: string;
  const send = jest.fn();

  beforeEach(async () => {
    send.mockReset();
    bench = await RestBench.create(await database.open(), {
      jit: { profiles: [...JIT_CONFIG.profiles, glass] },
      entities: [
        ...ENTITIES,
        group('sre'),
        group('security'),
        user('kim', ['sre']),
        user('sam', ['security']),
      ],
    });
    const { body } = await bench.post(KIM, '/requests', {
      leases: [{ profileId: 'glass', entityRef: ORDERS_DB }],
      reason: 'all is on fire',
      breakGlass: true,
    });
    leaseId = body.leases[0].id;
  });

  /** What the task does. @returns whom it told */
  async function deliver(): Promise<string[]> {
    send.mockClear();
    await deliverNotices({
      ledger: bench.ledger,
      notifications: { send },
      operators: [{ kind: 'group', ref: 'group:default/platform' }],
      findOwners: async () => ['group:default/owners'],
      logger: mockServices.logger.mock(),
    });
    await writeTold(bench.ledger);
    return send.mock.calls.map(
      ([{ recipients, payload }]) =>
        `${recipients.entityRef} - ${payload.title}`,
    );
  }

  const shown = async () =>
    (await bench.get('operator', `/leases/${leaseId}`)).body.lease.breakGlass;
  const figures = async () =>
    (await bench.get('operator', '/stats')).body.stats.breakGlass;
  const story = async () =>
    (await bench.get('operator', `/leases/${leaseId}/events`)).body.items.map(
      ({ type }: { type: string }) => type,
    );

  it('shows as long as not everybody was told, and is told for as long as it takes', async () => {
    send.mockImplementation(async ({ recipients }) => {
      if (recipients.entityRef.includes('group:default/security')) {
        throw new Error('down');
      }
    });
    expect(await deliver()).toHaveLength(2);
    bench.clock.advance(MINUTE);
    expect(await shown()).not.toHaveProperty('undeliveredSince');
    expect(await figures()).toMatchObject({ live: 1, undelivered: 0 });

    bench.clock.advance(MINUTE);
    const { startsAt } = (await bench.get('operator', `/leases/${leaseId}`))
      .body.lease;
    expect(await shown()).toMatchObject({ undeliveredSince: startsAt });
    expect(await figures()).toMatchObject({ live: 1, undelivered: 1 });

    // It is tried each half minute, for longer than a day.
    bench.clock.advance(30 * HOUR);
    expect(await deliver()).toHaveLength(1);
    bench.clock.advance(29_000);
    expect(await deliver()).toHaveLength(0);
    bench.clock.advance(1_000);
    send.mockImplementation(async () => {});
    expect(await deliver()).toEqual([
      'group:default/security,group:default/owners - Break-glass: In an emergency by kim',
    ]);
    expect(await shown()).not.toHaveProperty('undeliveredSince');
    expect(await figures()).toMatchObject({ live: 1, undelivered: 0 });
    expect(await story()).toEqual([
      'lease.requested',
      'lease.approved',
      'lease.told',
    ]);
    expect(await writeTold(bench.ledger)).toBe(0);
  });

  it('reminds of its review, and tells that it was missed', async () => {
    await deliver();
    bench.clock.advance(18 * HOUR - MINUTE);
    expect(await writeReviewsDue(bench.ledger)).toBe(0);
    bench.clock.advance(2 * MINUTE);
    expect(await writeReviewsDue(bench.ledger)).toBe(1);
    expect(await writeReviewsDue(bench.ledger)).toBe(0);
    const words = 'break-glass In an emergency by kim';
    expect((await deliver()).sort()).toEqual([
      `group:default/owners - Review due soon: ${words}`,
      `group:default/platform - Review due soon: ${words}`,
      `group:default/security - Review due soon: ${words}`,
    ]);
    expect(await figures()).toMatchObject({ unreviewed: 1, overdue: 0 });

    bench.clock.advance(6 * HOUR);
    expect(await writeReviewsDue(bench.ledger)).toBe(1);
    expect(await writeReviewsDue(bench.ledger)).toBe(0);
    expect((await deliver()).sort()).toEqual([
      `group:default/owners - Review missed: ${words}`,
      `group:default/platform - Review missed: ${words}`,
      `group:default/security - Review missed: ${words}`,
      `${KIM} - Review missed: ${words}`,
    ]);
    expect(await figures()).toMatchObject({ unreviewed: 1, overdue: 1 });
    expect(await story()).toEqual([
      'lease.requested',
      'lease.approved',
      'lease.told',
      'lease.review-due',
      'lease.review-missed',
    ]);
  });

  it('reminds of nothing that was reviewed', async () => {
    const { status } = await bench.post(
      'user:default/sam',
      `/leases/${leaseId}/review`,
      { comment: 'was right' },
    );
    expect(status).toBe(200);
    bench.clock.advance(48 * HOUR);
    expect(await writeReviewsDue(bench.ledger)).toBe(0);
    expect(await figures()).toMatchObject({ unreviewed: 0, overdue: 0 });
  });
});
