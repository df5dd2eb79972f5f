import { describeProviderConformance } from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { createGroupHarness } from './__testUtils__/createGroupHarness';
import { OktaGroupProvider } from './provider/OktaGroupProvider';

const front = new OktaFront();
let peer: OktaPeer;

beforeAll(async () => {
  peer = await OktaPeer.start();
}, 60_000);

afterAll(async () => {
  await peer?.stop();
});

describeProviderConformance({
  name: 'okta.group',
  provider: () => OktaGroupProvider.create({ fetch: front.fetch }),
  harness: createGroupHarness({ peer: () => peer, front }),
});
