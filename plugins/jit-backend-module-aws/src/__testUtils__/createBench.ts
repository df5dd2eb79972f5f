import { AwsFront, AwsPeer } from '@backstage-jit/plugin-jit-test-peers';
import { AwsStsProvider } from '../provider/AwsStsProvider';
import { testCredentials } from './testCredentials';

/** The provider over the emulator, in each test of a file as it was at first. */
export function createBench() {
  let peer: AwsPeer;
  let front: AwsFront;
  beforeAll(async () => {
    peer = await AwsPeer.start();
    front = await AwsFront.start({ upstream: () => peer.url });
  }, 60_000);
  afterEach(() => front.reset());
  afterAll(async () => {
    await front?.stop();
    await peer?.stop();
  });
  return {
    get front() {
      return front;
    },
    /** Another one each time, as in another replica. */
    get provider() {
      return AwsStsProvider.create({
        credentials: testCredentials,
        handler: front.handler,
      });
    },
  };
}
