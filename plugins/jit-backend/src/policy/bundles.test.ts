import fc from 'fast-check';
import { bundleProblems } from './bundleProblems';
import { bundleTimes } from './bundleTimes';
import { fillFromParts } from './fillFromParts';
import { profileFor, providerFor } from './__testUtils__/fixtures';

const MINUTE = 60_000;

const slot = (part: string, fact: string = 'host') => ({
  at: ['host'],
  from: 'parts' as const,
  path: [part, fact],
  allow: { pattern: '[a-z.]+' },
});

describe('bundleTimes', () => {
  it('never lets a part last longer, or be extended further or more often, than it may', () => {
    const minutes = fc.integer({ min: 1, max: 600 });
    const part = fc.record({
      maximum: minutes,
      default: minutes,
      extension: fc.option(fc.record({ maximum: minutes, times: fc.nat(5) })),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 5 }), given => {
        const parts = given.map(each =>
          profileFor({
            durations: {
              maximumMs: each.maximum * MINUTE,
              defaultMs: Math.min(each.default, each.maximum) * MINUTE,
              choicesMs: [each.maximum * MINUTE],
            },
            extension: each.extension
              ? {
                  maximumMs: each.extension.maximum * MINUTE,
                  times: each.extension.times,
                }
              : undefined,
          }),
        );
        const { durations, extension } = bundleTimes(parts);
        expect(durations.defaultMs).toBeLessThanOrEqual(durations.maximumMs);
        for (const choice of durations.choicesMs) {
          expect(choice).toBeLessThanOrEqual(durations.maximumMs);
        }
        const latest = durations.maximumMs + (extension?.maximumMs ?? 0);
        for (const { durations: own, extension: further } of parts) {
          expect(durations.maximumMs).toBeLessThanOrEqual(own.maximumMs);
          expect(latest).toBeLessThanOrEqual(
            own.maximumMs + (further?.maximumMs ?? 0),
          );
          expect(extension?.times ?? 0).toBeLessThanOrEqual(
            further?.times ?? 0,
          );
        }
      }),
    );
  });
});

describe('bundleProblems', () => {
  const bundle = (parts: string[]) => ({
    id: 'both',
    title: 'Both',
    configPath: 'jit.bundles[0]',
    parts,
  });
  const providers = new Map([
    ['postgres.role', providerFor()],
    ['okta.group', providerFor({ entitlementKey: () => 'key' })],
  ]);
  const db = profileFor({ id: 'db' });
  const role = profileFor({
    id: 'role',
    configPath: 'jit.profiles[1]',
    slots: [slot('db')],
  });
  const problems = (
    parts: string[],
    profiles: ReturnType<typeof profileFor>[] = [db, role],
  ) =>
    bundleProblems({ bundles: [bundle(parts)], profiles, providers }).map(
      ({ path, message }) => `${path} ${message}`,
    );

  it('finds nothing wrong with what can be granted in its order', () => {
    expect(problems(['db', 'role'])).toEqual([]);
  });

  it.each<[string[], string]>([
    [['db', 'rule'], 'parts[1] is not one of jit.profiles: rule'],
    [['db', 'role', 'db'], 'parts[2] is there already: db'],
    [['role', 'db'], 'parts[0] takes a fact of db, which is not an earlier'],
    [['role', 'role'], 'parts[0] takes a fact of db, which is not an earlier'],
  ])('names what is wrong with %j', (parts, message) => {
    expect(problems(parts)).toContainEqual(
      expect.stringContaining(`jit.bundles[0].${message}`),
    );
  });

  it('refuses facts that nobody will ever fill in, and such that must be known before', () => {
    expect(problems(['db', 'other'], [db, role])).toContainEqual(
      'jit.profiles[1].parameters.host takes a fact of another part, and no bundle has this one',
    );
    const group = profileFor({ ...role, provider: 'okta.group' });
    expect(problems(['db', 'role'], [db, group])).toContainEqual(
      expect.stringContaining('what okta.group gives is shared'),
    );
    const ofItself = profileFor({ ...role, slots: [slot('role')] });
    expect(problems(['db', 'role'], [db, ofItself])).toContainEqual(
      expect.stringContaining('takes a fact of role, which is not an earlier'),
    );
  });
});

describe('fillFromParts', () => {
  const fill = (facts: Record<string, string>, name?: string) =>
    fillFromParts({
      profileId: 'role',
      parameters: { host: null, keep: [1] },
      slots: [slot('db', name)],
      facts: new Map([['db', facts]]),
    });

  it('fills whole values with facts that are allowed, and says of no other what it is', () => {
    expect(fill({ host: 'db.example' })).toEqual({
      host: 'db.example',
      keep: [1],
    });
    expect(() => fill({})).toThrow('from host of db, which has none');
    expect(() => fill({ host: "'; drop--" })).toThrow(
      /^role does not allow the value that host of db gives for its parameter host$/,
    );
    expect(() => fill({ host: 'a' }, 'constructor')).toThrow('which has none');
  });
});
