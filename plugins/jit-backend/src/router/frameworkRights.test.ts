import { jitPermissions } from '@backstage-jit/plugin-jit-common';
import { answersOf } from '../__testUtils__/answersOf';
import { CALLS, UNKNOWN } from '../__testUtils__/calls';
import { ALLOW, DENY, framework } from '../__testUtils__/framework';
import { ORDERS_DB } from '../__testUtils__/people';
import { createPolicyBenches } from '../__testUtils__/policyBenches';
import { RestBench } from '../__testUtils__/RestBench';
import { RIGHTS, SUBJECT } from '../__testUtils__/rights';

jest.setTimeout(120_000);

const { benchWith, benches } = createPolicyBenches();

const encoded = encodeURIComponent(ORDERS_DB);

/** Each call about a lease for which the policy does not let it through, as far as there is anything to take away. */
const TAKEN_AWAY = {
  request: 404,
  decide: 403,
  withdraw: 403,
  lease: 404,
  history: 404,
  extend: 403,
  protect: 403,
  review: 403,
  credentials: 403,
  end: 403,
  leases: 0,
};

describe('the rights that a policy leaves', () => {
  let allowed: RestBench;

  beforeAll(async () => {
    allowed = await benchWith(framework(ALLOW));
  });

  it.each(['ada', 'eve', 'owner', 'operator'])(
    'are the same with a policy that allows everything: %s',
    async caller => {
      expect(await answersOf(allowed, caller)).toEqual(RIGHTS[caller]);
    },
  );

  it.each(['ada', 'eve', 'owner', 'operator', 'read token', 'end token'])(
    'stay for leases that the policy names, and go for others: %s',
    async caller => {
      const { fulfilled, unfulfilled } = benches;
      const mine = RIGHTS[caller];
      expect(await answersOf(fulfilled, caller)).toEqual(mine);
      const left = Object.entries(mine).map(([call, status]) => {
        const taken = TAKEN_AWAY[call as keyof typeof TAKEN_AWAY];
        const isTaken =
          !caller.endsWith('token') && status !== 404 && taken !== undefined;
        return [call, isTaken ? taken : status];
      });
      expect(await answersOf(unfulfilled, caller)).toEqual(
        Object.fromEntries(left),
      );
    },
  );

  it('are taken away from who is in, too', async () => {
    const { fulfilled, unfulfilled } = benches;
    await fulfilled.put();
    await unfulfilled.put();
    const seen = await fulfilled.get('bob', `/presence?entityRef=${encoded}`);
    const hidden = await unfulfilled.get(
      'bob',
      `/presence?entityRef=${encoded}`,
    );
    expect(seen.body.items).toHaveLength(1);
    expect(hidden.body.items).toEqual([]);
  });

  it.each(['ada', 'owner', 'operator'])(
    'can all be taken away by the permission framework: %s',
    async caller => {
      const { denied } = benches;
      const lease = await denied.put();
      const listed = await denied.get(caller, '/requests');
      expect(listed.status).toBe(403);
      expect(listed.body.error.message).toContain('jit.lease.read');
      for (const [call, make] of Object.entries(CALLS)) {
        const { status } = await make(denied, caller, {
          lease: lease.id,
          request: UNKNOWN,
        });
        expect([call, status]).toEqual([call, call === 'me' ? 200 : 403]);
      }
      const { body } = await denied.get(caller, '/me');
      expect(body.operator).toBe(false);
      expect(denied.engine.woken).toBe(0);
      expect(denied.engine.minted).toBe(0);
    },
  );

  it.each([
    ['jit.lease.create', ['offers', 'ask', 'ask for ada']],
    ['jit.lease.approve', ['decide', 'review']],
    ['jit.lease.read', ['request', 'lease', 'history', 'leases', 'presence']],
    ['jit.lease.extend', ['extend']],
    ['jit.lease.protect', ['protect']],
    ['jit.lease.end', ['withdraw', 'end']],
    ['jit.lease.reveal', ['credentials']],
    ['jit.audit.read', []],
    ['jit.operate', []],
  ])('can be taken away one by one: %s', async (taken, refused) => {
    const one = await benchWith(
      framework(name => (name === taken ? DENY() : ALLOW())),
    );
    const answers = await answersOf(one, 'ada');
    for (const [call, status] of Object.entries(SUBJECT)) {
      const expected = refused.includes(call) ? 403 : status;
      expect([call, answers[call]]).toEqual([call, expected]);
    }
  });

  it('names a permission for every call that can be taken away', () => {
    expect(jitPermissions).toHaveLength(9);
  });
});

it('leaves the export to operators whom the policy lets read the trail', async () => {
  const bench = await benchWith(
    framework(name => (name === 'jit.audit.read' ? DENY() : ALLOW())),
  );
  const refused = await bench.get('operator', '/events/export');
  expect(refused.status).toBe(403);
  expect(refused.body.error.message).toContain('jit.audit.read');
  expect((await bench.get('operator', '/stats')).status).toBe(200);
});
