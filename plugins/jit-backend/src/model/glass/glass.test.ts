import { createSearchReport, traceOf } from '../__testUtils__/searchReport';
import { exploreGlass } from './exploreGlass';
import { GLASS_CONFIGURATIONS } from './glassConfigurations';
import { GLASS_FAULTS } from './glassFaults';
import { GLASS_RULES } from './GlassRules';

jest.setTimeout(180_000);

/** What must have happened somewhere, or the worlds have become too small to say anything. */
const MUST_HAPPEN = [
  'the catalog goes away',
  'the catalog is back',
  'the catalog is copied',
  'the person is now: left',
  'the person is now: denied',
  'the person is now: gone',
  'a lease is asked for',
  'the glass is broken',
  'the glass is broken by the copy',
  'the glass is broken again',
  'the glass is broken again by the copy',
  'eligibility is answered: eligible',
  'eligibility is answered: ineligible',
  'eligibility is answered: connection',
  'somebody else reviews A',
  'A is looked at',
  'A is looked at, and ends for it',
  'the end of A is asked for',
  'people are asked for an end of A that is 1 later',
  'people approve the later end of A',
  'people approve less than was asked for',
  'people deny the later end of A',
  'nobody decides about the later end of A in time',
  'worker dies',
  'a late grant lands',
  'worker commits, calls revoke for B',
];

const MUST_NOT_HAPPEN = [
  'the subject reviews A',
  'a lease is asked for by the copy',
  'the end of A is moved',
  'A is protected',
];

describe('the model of break-glass', () => {
  const report = createSearchReport();
  const happened = new Set<string>();

  it.each(GLASS_CONFIGURATIONS.map(each => [each.name, each] as const))(
    'keeps every promise: %s',
    (name, configuration) => {
      const result = exploreGlass(configuration);
      report(name, result);
      expect(traceOf(result)).toBe('');
      expect(result.atRest).toBeGreaterThan(1);
      result.labels.forEach(label => happened.add(label));
    },
  );

  it('lets everything happen that it is about, and nothing that may not', () => {
    expect([...happened]).toEqual(expect.arrayContaining(MUST_HAPPEN));
    expect(MUST_NOT_HAPPEN.filter(each => happened.has(each))).toEqual([]);
  });

  it.each(GLASS_FAULTS.map(each => [each.name, each] as const))(
    'finds a fault made on purpose: %s',
    (name, { configuration, rules, invariant }) => {
      const result = exploreGlass(configuration, {
        rules: { ...GLASS_RULES, ...rules },
      });
      report(`FAULT ${name}`, result);
      expect(result.broken?.invariant).toBe(invariant);
    },
  );
});
