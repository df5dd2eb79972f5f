import { TestDatabases } from '@backstage/backend-test-utils';
import { CALLS } from '../__testUtils__/calls';
import { FRAMEWORK_OFF } from '../__testUtils__/frameworkOff';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { RIGHTS, SEES_AND_ENDS } from '../__testUtils__/rights';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const HOUR = 3_600_000;

/** Bob decides, who has nothing else to do with it. */
const asked = {
  ...JIT_CONFIG.profiles[0],
  id: 'asked',
  title: 'By Bob',
  limits: {},
  approval: { steps: [{ approvers: [{ user: 'user:default/bob' }] }] },
};

const ASKED_ABOUT = ['request', 'decide', 'withdraw', 'lease', 'history'];

/** How the answers to calls about what Ada has asked for, while it waits for Bob, differ from those about a lease that she has. */
const WAITING: Record<string, Record<string, number>> = {
  ada: { decide: 403, withdraw: 200 },
  'ada by a service': { decide: 403, withdraw: 200 },
  bob: { request: 200, decide: 200, withdraw: 403, lease: 200, history: 200 },
  eve: {},
  owner: {},
  operator: { decide: 403, withdraw: 200 },
  'bare service': {},
  'read token': {},
  'operate token': {},
};

/** The answers to Bob about the lease that he has approved, once it lives. */
const APPROVED = {
  ...SEES_AND_ENDS,
  request: 200,
  decide: 409,
  withdraw: 403,
};

describe('the rights of who decides', () => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await databases.init('SQLITE_3'), {
      jit: { profiles: [...JIT_CONFIG.profiles, asked] },
      permissions: FRAMEWORK_OFF,
    });
  });

  async function ask(): Promise<{ lease: string; request: string }> {
    const { body } = await bench.post('ada', '/requests', {
      leases: [{ profileId: 'asked', entityRef: ORDERS_DB }],
    });
    return { lease: body.leases[0].id, request: body.request.id };
  }

  async function askAndApprove() {
    const ids = await ask();
    await CALLS.decide(bench, 'bob', ids);
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    await bench.change(ids.lease, {
      state: 'active',
      grantedAt: now,
      expiresAt: now + HOUR,
      protectMaximumMs: HOUR,
    });
    return ids;
  }

  it.each(Object.entries(WAITING))(
    'are those of whom the open step names alone: %s',
    async (caller, otherwise) => {
      for (const call of ASKED_ABOUT) {
        const { status } = await CALLS[call](bench, caller, await ask());
        const expected = { ...RIGHTS[caller], ...otherwise }[call];
        expect([call, status]).toEqual([call, expected]);
      }
    },
  );

  it('are to see and to end what they have approved, and not to use it', async () => {
    const answers: Record<string, number> = {};
    for (const call of Object.keys(APPROVED)) {
      const ids = await askAndApprove();
      answers[call] = (await CALLS[call](bench, 'bob', ids)).status;
    }
    expect(answers).toEqual(APPROVED);
    expect(bench.engine.minted).toBe(0);
  });
});
