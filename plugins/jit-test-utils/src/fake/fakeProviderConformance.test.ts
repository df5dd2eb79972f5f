import { TestClock } from '../clock';
import { describeProviderConformance } from '../conformance';
import { createFakeConformanceHarness } from './createFakeConformanceHarness';
import { FakeOutside, FakeWorld } from './outside';
import { createFakeProvider, FakeNatureName } from './provider';

function describeFake(options: {
  name: string;
  nature: FakeNatureName;
  shared?: boolean;
  marks?: boolean;
  createOutside?: (clock: TestClock) => FakeOutside;
}) {
  const { name, createOutside, ...nature } = options;
  const clock = new TestClock();
  const outside = createOutside?.(clock) ?? new FakeWorld({ clock });
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
