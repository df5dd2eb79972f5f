import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { TestClock } from '../clock';
import {
  createFakeConformanceHarness,
  createFakeProvider,
  FakeWorld,
} from '../fake';
import { FakeClient } from '../fake/provider/FakeClient';
import { CONFORMANCE_CASES } from './cases';
import { ConformanceRecord } from './ConformanceRecord';
import { activityFaults } from './faults/activityFaults';
import { credentialFaults } from './faults/credentialFaults';
import { failureFaults } from './faults/failureFaults';
import { Fault } from './faults/Fault';
import { keepFaults } from './faults/keepFaults';
import { lifeFaults } from './faults/lifeFaults';
import { ownershipFaults } from './faults/ownershipFaults';
import { presentFaults } from './faults/presentFaults';
import { runConformanceCase } from './runConformanceCase';

// Each fault goes through all cases, which takes long on a busy machine.
jest.setTimeout(60_000);

const FAULTS = [
  ...lifeFaults,
  ...activityFaults,
  ...credentialFaults,
  ...ownershipFaults,
  ...presentFaults,
  ...keepFaults,
  ...failureFaults,
];

/** The names of the cases that fail. */
async function findFaults(options: Fault): Promise<string[]> {
  const nature = options.nature ?? 'at-once';
  const { shared, marks } = options;
  const clock = new TestClock();
  const outside = new FakeWorld({ clock });
  const harness = {
    ...createFakeConformanceHarness({ outside, clock, nature, shared, marks }),
    patienceMs: 300,
  };
  const create = (): JitProvider => {
    const provider = createFakeProvider({
      nature,
      shared,
      marks,
      outside: harness.tapped,
      settle: { seconds: 5 },
    });
    const overrides = options.breaks({
      provider,
      harness,
      ask: (ctx, verb, ask) =>
        new FakeClient({
          outside: harness.tapped,
          connection: ctx.connection.config,
          signal: ctx.signal,
        }).ask(verb, ask),
    });
    return new Proxy(provider, {
      get(target, name: keyof JitProvider) {
        if (Object.hasOwn(overrides, name)) {
          return overrides[name];
        }
        const value: unknown = target[name];
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const record = new ConformanceRecord();
  const failed: string[] = [];
  for (const conformanceCase of CONFORMANCE_CASES) {
    if (conformanceCase.applies({ provider: create(), harness }) === true) {
      try {
        await runConformanceCase({
          conformanceCase,
          provider: create,
          harness,
          record,
        });
      } catch {
        failed.push(conformanceCase.name);
      }
    }
  }
  return failed;
}

describe('the conformance kit', () => {
  it.each(FAULTS)('finds: $fault', async fault => {
    expect(await findFaults(fault)).toEqual(fault.finds);
  });

  it('has no case that finds nothing, and none twice', () => {
    const names = CONFORMANCE_CASES.map(({ name }) => name).sort();
    const found = new Set(FAULTS.flatMap(({ finds }) => finds));
    expect([...found].sort()).toEqual(names);
  });
});
