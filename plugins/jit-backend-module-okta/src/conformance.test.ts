import { describeProviderConformance } from '@backstage-jit/plugin-jit-test-utils';
import { createGroupHarness } from './__testUtils__/createGroupHarness';
import { OktaFront } from './__testUtils__/OktaFront';
import { OktaPeer } from './__testUtils__/OktaPeer';
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
