import { TestClock } from '../clock';
import {
  createFakeConformanceHarness,
  createFakeProvider,
  FakeWorld,
} from '../fake';
import { CONFORMANCE_CASES } from './cases';
import { ConformanceHarness } from './ConformanceHarness';
import { listConformanceTests } from './listConformanceTests';

function list(change: Partial<ConformanceHarness>) {
  const clock = new TestClock();
  const outside = new FakeWorld({ clock });
  const harness = createFakeConformanceHarness({
    outside,
    clock,
    nature: 'at-once',
  });
  return listConformanceTests({
    harness: { ...harness, ...change },
    provider: () => createFakeProvider({ outside: harness.tapped }),
  });
}

const NAME = 'too many requests says when to come back';

describe('listConformanceTests', () => {
  it('keeps a case that does not apply, with the reason in its name', async () => {
    const tests = list({ rateLimit: { notApplicable: 'it knows no limits' } });
    expect(tests).toHaveLength(CONFORMANCE_CASES.length);
    const test = tests.find(({ name }) => name.startsWith(NAME));
    expect(test?.name).toBe(`${NAME} (not applicable: it knows no limits)`);
    await expect(test?.run()).resolves.toBeUndefined();
  });

  it('fails a case that does not apply for no reason', async () => {
    const tests = list({ rateLimit: { notApplicable: ' ' } });
    const test = tests.find(({ name }) => name.startsWith(NAME));
    await expect(test?.run()).rejects.toThrow('gives no reason');
  });

  it('does not let an ability be waived that the provider declares', async () => {
    const tests = list({
      sessions: { notApplicable: 'it is too much work' },
      access: { notApplicable: 'it is too much work' },
    });
    const declared = tests.find(({ name }) => name.startsWith('what the'));
    await expect(declared?.run()).rejects.toThrow('the harness cannot');
  });

  it('frames each case by setUp and tearDown, also when it fails', async () => {
    const order: string[] = [];
    const [test] = list({
      setUp: async () => void order.push('setUp'),
      tearDown: async () => void order.push('tearDown'),
      secrets: () => [],
    });
    await expect(test.run()).rejects.toThrow('names no secret');
    expect(order).toEqual(['setUp', 'tearDown']);
  });
});
