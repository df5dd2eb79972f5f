import {
  inTurns,
  ProviderLife,
  Storm,
  StormFaults,
} from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { startOktaLife } from './__testUtils__/startOktaLife';

jest.setTimeout(900_000);

const CONCURRENCY = 16;
const PEOPLE = Array.from({ length: 1_000 }, (_, index) => `person-${index}`);
/** In the group before, and for ever. */
const [STANDING] = PEOPLE;
const emailOf = (name: string) => `${name}@example.com`;

const front = new OktaFront();
const faults = new StormFaults({ seed: 4, inARow: CONCURRENCY });
let peer: OktaPeer;
let life: ProviderLife;
let groupId: string;

beforeAll(async () => {
  peer = await OktaPeer.start();
  const { org } = peer;
  groupId = await org.groupId('orders-writers');
  await inTurns(PEOPLE, name => org.createUser(emailOf(name)));
  life = await startOktaLife({
    org,
    front,
    concurrency: CONCURRENCY,
    longestPauseMs: 1_000,
    people: Object.fromEntries(
      PEOPLE.map(name => [name, { email: emailOf(name) }]),
    ),
  });
});

afterAll(async () => {
  await peer?.stop();
});

function breakThings(): void {
  front.intercept = ({ method, url }, forward) =>
    // Who the org is, is asked beside the claims.
    url.pathname.startsWith('/.well-known/')
      ? undefined
      : faults.answer({
          changes: method !== 'GET',
          forward,
          refused: () =>
            Response.json(
              { errorCode: 'E0000047' },
              { status: 429, headers: { 'retry-after': '1' } },
            ),
          failed: () => Response.json({}, { status: 500 }),
        });
}

describe('a thousand leases with a 429 in ten and a failure after success in fifty', () => {
  it('are all granted once and all gone, within the limit of the connection, and who was in the group before stays', async () => {
    const { org } = peer;
    await org.add(groupId, await org.userId(emailOf(STANDING)));
    breakThings();
    const storm = Storm.create({ life, faults, concurrency: CONCURRENCY });

    const leases = await storm.grantAll(PEOPLE, index =>
      index % 2 ? 'first' : 'second',
    );
    expect((await org.members(groupId)).sort()).toEqual(
      PEOPLE.map(emailOf).sort(),
    );
    await storm.endAll(leases);
    expect(await org.members(groupId)).toEqual([emailOf(STANDING)]);
    storm.assertWithinLimits();
  });
});
