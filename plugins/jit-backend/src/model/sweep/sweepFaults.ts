import { DeliberateFault, named } from '../breaking';
import { RULES } from '../Rules';

const UNTOUCHED = named('alone: swept, lagging reads, nobody touches anything');
const TOUCHED = named(
  'alone: swept, the thing is removed and brought back by hand',
);
const RESTORED = named('alone: swept, the ledger is put back');

/** What could be wrong about the sweep. */
export const SWEEP_FAULTS: DeliberateFault[] = [
  {
    name: 'a difference counts when it is seen once',
    invariant: 'endedOnlyWhenGone',
    configuration: UNTOUCHED,
    rules: { ...RULES, confirmed: differences => differences },
  },
  {
    name: 'what is under way counts as settled',
    invariant: 'endedOnlyWhenGone',
    configuration: UNTOUCHED,
    rules: {
      ...RULES,
      compare: options =>
        RULES.compare({
          ...options,
          expected: options.expected.map(each => ({ ...each, settled: true })),
        }),
    },
  },
  {
    name: 'ended leases are not looked up',
    invariant: 'unknownOnlyIfRestored',
    configuration: TOUCHED,
    rules: {
      ...RULES,
      compare: options => RULES.compare({ ...options, leases: [] }),
    },
  },
  {
    name: 'what is seen after its end is left there',
    invariant: 'comesToRest',
    configuration: TOUCHED,
    rules: {
      ...RULES,
      chooseCourse: options => ({
        ...RULES.chooseCourse(options),
        takeBack: [],
      }),
    },
  },
  {
    name: 'what is unknown is taken back unasked',
    invariant: 'adoptedOnlyByWord',
    configuration: RESTORED,
    rules: {
      ...RULES,
      chooseCourse: options => RULES.chooseCourse({ ...options, go: true }),
    },
  },
];
