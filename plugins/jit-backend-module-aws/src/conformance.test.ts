import { describeProviderConformance } from '@backstage-jit/plugin-jit-test-utils';
import { AwsFront, AwsPeer } from '@backstage-jit/plugin-jit-test-peers';
import { createStsHarness } from './__testUtils__/createStsHarness';
import { testCredentials } from './__testUtils__/testCredentials';
import { AwsStsProvider } from './provider/AwsStsProvider';

let peer: AwsPeer;
let front: AwsFront;
let other: AwsFront;

beforeAll(async () => {
  peer = await AwsPeer.start();
  front = await AwsFront.start({ upstream: () => peer.url });
  other = await AwsFront.start({
    upstream: () => peer.url,
    accountId: '210987654321',
  });
}, 60_000);

afterAll(async () => {
  await Promise.all([front, other].map(each => each?.stop()));
  await peer?.stop();
});

describeProviderConformance({
  name: 'aws.sts',
  provider: () =>
    AwsStsProvider.create({
      credentials: testCredentials,
      // Made before the front is there.
      handler: { handle: (...args) => front.handler.handle(...args) },
    }),
  harness: createStsHarness({ front: () => front, other: () => other }),
});
