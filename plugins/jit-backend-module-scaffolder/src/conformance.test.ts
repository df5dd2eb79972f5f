import { ScaffolderPeer } from '@backstage-jit/plugin-jit-test-peers';
import { describeProviderConformance } from '@backstage-jit/plugin-jit-test-utils';
import { createTemplateHarness } from './__testUtils__/createTemplateHarness';
import { ScaffolderFront } from './__testUtils__/ScaffolderFront';
import { ScaffolderTemplateProvider } from './provider';
import { HttpScaffolder } from './scaffolder';

const front = new ScaffolderFront();
let peer: ScaffolderPeer;

beforeAll(async () => {
  peer = await ScaffolderPeer.start();
}, 60_000);

afterAll(async () => {
  await peer?.stop();
});

/** Before the peer is started, only what the provider declares is read. */
function createProvider(): ScaffolderTemplateProvider {
  return new ScaffolderTemplateProvider({
    scaffolder: new HttpScaffolder({
      auth: peer?.auth,
      catalog: front.catalog(peer?.catalog),
      discovery: peer?.discovery,
      fetch: front.fetch,
    }),
    address: 'http://portal.example.net',
    send: front.look(name => peer.pages.names.has(name)),
  });
}

describeProviderConformance({
  name: 'scaffolder.template',
  timeoutMs: 600_000,
  provider: createProvider,
  harness: createTemplateHarness({ peer: () => peer, front }),
});
