import { advance } from '../../leases/advance';
import { createSearchReport, traceOf } from '../__testUtils__/searchReport';
import { Bounds, Configuration } from '../Configuration';
import { CONFIGURATIONS } from '../configurations';
import { Rules, RULES } from '../Rules';
import { explorePair } from './explorePair';
import { PairConfiguration } from './Pair';

jest.setTimeout(300_000);

const ALONE = CONFIGURATIONS.find(each => each.name.startsWith('alone'))!;

/** A part with a thing of its own, of which nothing goes wrong but what is given. */
function part(bounds: Partial<Bounds>): Configuration {
  return {
    ...ALONE,
    settle: 0,
    claimLife: 2,
    bundle: true,
    bounds: {
      ...ALONE.bounds,
      crashes: 0,
      unknowns: 0,
      failures: 0,
      endWishes: [false, false],
      ...bounds,
    },
  };
}

const PAIRS: PairConfiguration[] = [
  {
    name: 'the end of either is asked for',
    sides: [
      part({ endWishes: [true, false] }),
      part({ endWishes: [false, true] }),
    ],
  },
  {
    name: 'the worker of the first part dies',
    sides: [part({ crashes: 1 }), part({ endWishes: [false, true] })],
  },
  {
    name: 'the worker of the second part dies',
    sides: [part({ endWishes: [true, false] }), part({ crashes: 1 })],
  },
  {
    name: 'a call about the second part breaks off',
    sides: [part({ endWishes: [true, false] }), part({ unknowns: 1 })],
  },
  {
    name: 'a call about the first part breaks off, one about the second fails',
    sides: [part({ unknowns: 1 }), part({ failures: 1 })],
  },
  {
    name: 'its end is moved, and a worker of the second part dies',
    sides: [part({ extensions: 1 }), part({ crashes: 1 })],
  },
];

/** Decides about a part as if it were alone. */
const BLIND: Rules = {
  ...RULES,
  advance: (view, ...rest) => advance({ ...view, otherParts: [] }, ...rest),
};

describe('the model of a bundle', () => {
  const report = createSearchReport();
  const happened = new Set<string>();

  it.each(PAIRS.map(each => [each.name, each] as const))(
    'keeps every promise: %s',
    (name, configuration) => {
      const result = explorePair(configuration);
      report(name, result);
      expect(traceOf(result)).toBe('');
      expect(result.atRest).toBeGreaterThan(0);
      expect([...result.labels]).toEqual(
        expect.arrayContaining([
          'A: grant is answered: done',
          'B: grant is answered: done',
          'A: worker commits, calls revoke for A',
          'B: worker commits, calls revoke for B',
        ]),
      );
      result.labels.forEach(label => happened.add(label));
    },
  );

  it('has its end moved', () => {
    expect([...happened]).toContain('the end of the bundle is moved');
  });

  it.each<[string, string, Partial<Rules>, PairConfiguration?]>([
    [
      'a part does not see the clock of the first one',
      'oneClock',
      {
        advance: (view, input, ...rest) =>
          advance(
            {
              ...view,
              otherParts: view.otherParts?.map(each => ({
                ...each,
                expiresAt: undefined,
              })),
            },
            input,
            ...rest,
          ),
      },
    ],
    [
      'of a bundle only one end is moved',
      'oneClock',
      {
        askForExtension: (lease, wisher) => {
          const wish = RULES.askForExtension(lease, wisher);
          return lease.id === 'A' ? wish : { ...wish, lease };
        },
      },
      PAIRS.at(-1),
    ],
    [
      'a part is granted without a look at the earlier one',
      'grantedInOrder',
      BLIND,
    ],
    [
      'a part is taken back without a look at the later one',
      'revokedInOrder',
      {
        advance: (view, input, ...rest) => {
          const [lease] = view.leases;
          return lease?.bundle?.part === 0
            ? BLIND.advance(view, input, ...rest)
            : advance(view, input, ...rest);
        },
      },
    ],
  ])(
    'finds a fault made on purpose: %s',
    (name, invariant, rules, at = PAIRS[0]) => {
      const result = explorePair(at, { rules: { ...RULES, ...rules } });
      report(`FAULT ${name}`, result);
      expect(result.broken?.invariant).toBe(invariant);
    },
  );
});
