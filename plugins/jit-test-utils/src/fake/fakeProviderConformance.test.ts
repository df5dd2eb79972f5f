import { TestClock } from '../clock';
import { describeProviderConformance } from '../conformance';
import { createFakeConformanceHarness } from './createFakeConformanceHarness';
import { FakeOutside, FakeWorld } from './outside';
import { createFakeProvider, FakeNatureName } from './provider';
import { FakeOutsideServer, RemoteFakeOutside } from './server';

function describeFake(options: {
  name: string;
  nature: FakeNatureName;
  shared?: boolean;
  marks?: boolean;
  clock?: TestClock;
  outside?: FakeOutside;
}) {
  const { name, ...nature } = options;
  const clock = options.clock ?? new TestClock();
  const outside = options.outside ?? new FakeWorld({ clock });
  const harness = createFakeConformanceHarness({ ...nature, outside, clock });
  describeProviderConformance({
    name,
    harness,
    provider: () =>
      createFakeProvider({
        ...nature,
        outside: harness.tapped,
        settle: { seconds: 5 },
      }),
  });
}

for (const nature of ['at-once', 'asynchronous', 'ordered'] as const) {
  describeFake({ name: `fake ${nature}`, nature });
}
for (const nature of ['at-once', 'asynchronous'] as const) {
  describeFake({ name: `fake ${nature}, shared`, nature, shared: true });
  describeFake({
    name: `fake ${nature}, shared without marks`,
    nature,
    shared: true,
    marks: false,
  });
}

describe('over HTTP', () => {
  let server: FakeOutsideServer;
  let remote: RemoteFakeOutside;
  const clock = new TestClock();

  beforeAll(async () => {
    const world = new FakeWorld({ clock });
    server = await FakeOutsideServer.start({ world });
    remote = new RemoteFakeOutside({ url: server.url, worker: 'tests' });
  });

  afterAll(async () => {
    remote.close();
    await server.stop();
  });

  describeFake({
    name: 'fake at-once',
    nature: 'at-once',
    clock,
    // Tests are named before the server runs, and so before it has an address.
    outside: new Proxy({} as FakeOutside, {
      get: (_, name: keyof FakeOutside) => remote[name].bind(remote),
    }),
  });
});
