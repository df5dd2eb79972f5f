import { createSearchReport, traceOf } from './__testUtils__/searchReport';
import { CONFIGURATIONS } from './configurations';
import { DELIBERATE_FAULTS } from './deliberateFaults';
import { explore } from './explore';

jest.setTimeout(180_000);

/** What must have happened somewhere, or the worlds have become too small to say anything. */
const MUST_HAPPEN = [
  'time passes',
  'B is asked for and approved',
  'B is asked to restore A',
  'the end of A is asked for',
  'the end of A is moved',
  'people are asked for an end of A that is 1 later',
  'people are asked for an end of A that is 2 later',
  'people approve the later end of A',
  'people approve less than was asked for',
  'people deny the later end of A',
  'nobody decides about the later end of A in time',
  'another try is asked for',
  'the thing is removed by hand',
  'the thing is brought back by hand',
  'a backup of the ledger is made',
  'the ledger is put back',
  'the sweep finds ghost, and will act',
  'the sweep finds resurrected, and will act',
  'the sweep finds unknown, and will act',
  'an operator says go',
  'the sweep does it: end',
  'the sweep does it: takeBack',
  'the sweep does it: adopt',
  'the sweep dies',
  'A is used',
  'what the look saw is written',
  'A is protected',
  'A is protected for as long as it may be',
  'the protection of A is lifted',
  'worker claims',
  'worker claims to mint',
  'worker renews its claim',
  'worker dies',
  'worker that lost its claim tries to commit',
  'the system goes away',
  'the system is back',
  'the connection is pointed at another system',
  'look-before is answered: present',
  'look-before is answered: absent',
  'grant is answered: done',
  'grant is answered: not-done',
  'grant is answered: unknown-outcome',
  'extend is answered: done',
  'extend is answered: unknown-outcome',
  'mint is answered: done',
  'keep is answered: done',
  'keep is answered: not-done',
  'keep is answered: unknown-outcome',
  'revoke is answered: done',
  'revoke is answered: done, then absent',
  'revoke is answered: done, then present',
  'revoke is answered: done, then connection',
  'revoke is answered: retryable',
  'revoke is answered: connection',
  'inspect is answered: absent',
  'inspect is answered: present',
  'inspect is answered: pending',
  'a late grant lands',
  'a late extend lands',
  'a late keep lands',
  'a late mint lands',
  'a late revoke lands',
  'worker commits, calls revoke for B',
  'worker commits, no system, lets go',
];

describe('the model of the engine', () => {
  const report = createSearchReport();
  const happened = new Set<string>();

  it.each(CONFIGURATIONS.map(each => [each.name, each] as const))(
    'keeps every promise: %s',
    (name, configuration) => {
      const result = explore(configuration);
      report(name, result);
      for (const label of result.labels) {
        happened.add(label);
      }
      expect(traceOf(result)).toBe('');
      expect(result.atRest).toBeGreaterThan(0);
    },
  );

  it('lets everything happen that it is about', () => {
    expect([...happened]).toEqual(expect.arrayContaining(MUST_HAPPEN));
  });

  it.each(DELIBERATE_FAULTS.map(each => [each.name, each] as const))(
    'finds a fault made on purpose: %s',
    (name, { configuration, rules, invariant }) => {
      const result = explore(configuration, { rules });
      report(`FAULT ${name}`, result);
      expect(result.broken?.invariant).toBe(invariant);
      expect(result.broken?.history.at(-1)).toContain('<- broken');
    },
  );
});
