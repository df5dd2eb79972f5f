import { CALLS } from '../__testUtils__/calls';
import { FRAMEWORK_OFF } from '../__testUtils__/frameworkOff';
import { createPolicyBenches } from '../__testUtils__/policyBenches';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(120_000);

/** The calls that an agent can make in the name of somebody. Of the others there is no action. */
const ACTIONS: Record<string, (leaseId: string) => [string, object]> = {
  ask: () => ['request-access', { profileId: 'free', reason: 'OPS-1' }],
  lease: leaseId => ['describe-lease', { leaseId }],
  history: leaseId => ['describe-lease', { leaseId }],
  end: leaseId => ['end-lease', { leaseId }],
  leases: () => ['list-leases', {}],
};

const NO_ACTION = Object.fromEntries(
  Object.keys(CALLS).map(call => [call, 'no action']),
);

const row = (
  ask: number,
  lease: number,
  history: number,
  end: number,
  leases: number,
) => ({ ...NO_ACTION, ask, lease, history, end, leases });

const SUBJECT = row(200, 200, 200, 200, 1);
const SEES_AND_ENDS = row(403, 200, 200, 200, 0);
const STRANGER = row(403, 404, 404, 404, 0);
const NOBODY = row(403, 403, 403, 403, 403);

/** What comes of an agent's calls in the name of each. Lists are of the person's own alone. */
const AGENT_TABLE: Record<string, Record<string, number | string>> = {
  ada: SUBJECT,
  'ada by a service': SUBJECT,
  bob: { ...STRANGER, ask: 200 },
  eve: STRANGER,
  owner: SEES_AND_ENDS,
  operator: SEES_AND_ENDS,
  'bare service': NOBODY,
  'read token': NOBODY,
  'create token': NOBODY,
  'operate token': NOBODY,
};

async function answersToAgentOf(
  bench: RestBench,
  caller: string,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const call of Object.keys(CALLS)) {
    const lease = await bench.put();
    const action = ACTIONS[call]?.(lease.id);
    const answer = action && (await bench.act(caller, ...action));
    const listed = answer?.output?.leases?.filter(({ id }) => id === lease.id);
    answers[call] = answer ? listed?.length ?? answer.status : 'no action';
    await bench.change(lease.id, { state: 'revoked' });
  }
  return answers;
}

describe('the rights of an agent', () => {
  const { benchWith, benches } = createPolicyBenches();
  let off: RestBench;

  beforeAll(async () => {
    off = await benchWith(FRAMEWORK_OFF);
  });

  it.each(Object.entries(AGENT_TABLE))(
    'are those of the person, as far as there are actions: %s',
    async (caller, expected) => {
      expect(await answersToAgentOf(off, caller)).toEqual(expected);
      const { fulfilled } = benches;
      expect(await answersToAgentOf(fulfilled, caller)).toEqual(expected);
    },
  );

  it('can be taken away', async () => {
    expect(await answersToAgentOf(benches.denied, 'ada')).toEqual(NOBODY);
    expect(await answersToAgentOf(benches.unfulfilled, 'ada')).toEqual(
      row(200, 404, 404, 403, 0),
    );
  });
});
