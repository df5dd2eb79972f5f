import { Bounds, Configuration, NOTHING } from './Configuration';

const ALONE = {
  shared: false,
  standing: false,
  settle: 0,
  endsOutside: false,
  endLags: false,
  extendCreates: false,
  claimLife: 2,
};

/** Two leases on one thing, which nothing but the second makes last. */
const TOGETHER = { ...ALONE, shared: true };

const FIRST_MAY_END = [true, false] as const;
const BOTH_MAY_END = [true, true] as const;

/** The worlds that are explored to their end: each leaves nothing out of what its bounds allow, at any moment and in any order. */
export const CONFIGURATIONS: Configuration[] = [
  {
    ...TOGETHER,
    name: 'end against start, a crash, a broken call',
    bounds: bounds({ crashes: 1, unknowns: 1, endWishes: BOTH_MAY_END }),
  },
  {
    ...TOGETHER,
    name: 'end against start, lagging reads, short claims',
    settle: 1,
    claimLife: 1,
    bounds: bounds({ crashes: 1, unknowns: 2, endWishes: BOTH_MAY_END }),
  },
  {
    ...TOGETHER,
    name: 'a lost claim, and a write that comes too late',
    settle: 1,
    claimLife: 1,
    bounds: bounds({ crashes: 1, unknowns: 1, lateWrites: true }),
  },
  {
    ...TOGETHER,
    name: 'extension against expiry',
    endsOutside: true,
    bounds: bounds({ unknowns: 1, extensions: 1 }),
  },
  {
    ...TOGETHER,
    name: 'extension against expiry, a crash, lagging reads',
    settle: 1,
    endsOutside: true,
    endLags: true,
    bounds: bounds({
      crashes: 1,
      extensions: 1,
      endWishes: [false, false],
    }),
  },
  {
    ...TOGETHER,
    name: 'the system goes away and comes back',
    bounds: bounds({ downs: 1, failures: 1, retries: 1 }),
  },
  {
    ...TOGETHER,
    name: 'the connection leads elsewhere for a while',
    bounds: bounds({ crashes: 1, repoints: 1 }),
  },
  {
    ...TOGETHER,
    name: 'the subject held it before',
    standing: true,
    settle: 1,
    bounds: bounds({
      crashes: 1,
      unknowns: 1,
      failures: 1,
      endWishes: BOTH_MAY_END,
    }),
  },
  {
    ...TOGETHER,
    name: 'minting while another lease starts',
    settle: 1,
    bounds: bounds({ crashes: 1, mints: 1 }),
  },
  {
    ...ALONE,
    name: 'alone: crashes, broken calls, a failure, long lag',
    settle: 2,
    claimLife: 1,
    bounds: bounds({ second: false, crashes: 2, unknowns: 2, failures: 1 }),
  },
  {
    ...ALONE,
    name: 'alone: minting, crashes, broken calls',
    settle: 2,
    bounds: bounds({ second: false, crashes: 2, unknowns: 2, mints: 2 }),
  },
  {
    ...ALONE,
    name: 'alone: a late extension makes the thing anew',
    settle: 1,
    endsOutside: true,
    extendCreates: true,
    bounds: bounds({
      second: false,
      crashes: 1,
      unknowns: 1,
      failures: 1,
      extensions: 1,
    }),
  },
  {
    ...ALONE,
    name: 'alone: the connection leads elsewhere for a while',
    bounds: bounds({
      second: false,
      crashes: 1,
      unknowns: 1,
      failures: 1,
      repoints: 1,
    }),
  },
  {
    ...ALONE,
    name: 'alone: a later end by approval, and at once, a crash',
    endsOutside: true,
    decided: true,
    bounds: bounds({ second: false, crashes: 1, extensions: 1, asks: 2 }),
  },
  {
    ...ALONE,
    name: 'alone: used or not, with a budget, a crash',
    used: true,
    bounds: bounds({
      second: false,
      crashes: 1,
      uses: 1,
      protections: 1,
      endWishes: [false, false],
    }),
  },
  {
    ...ALONE,
    name: 'alone: not used, protected and let go',
    used: true,
    bounds: bounds({
      second: false,
      protections: 2,
      endWishes: [false, false],
    }),
  },
  {
    ...ALONE,
    name: 'alone: a last copy, restored or not',
    kept: true,
    bounds: bounds({
      crashes: 1,
      unknowns: 1,
      failures: 1,
      endWishes: BOTH_MAY_END,
    }),
  },
  {
    ...ALONE,
    name: 'alone: a last copy, restored or not, lagging reads',
    kept: true,
    settle: 1,
    bounds: bounds({ crashes: 1, unknowns: 2 }),
  },
  {
    ...ALONE,
    name: 'alone: swept, lagging reads, nobody touches anything',
    settle: 2,
    swept: { takesBack: 'at once', snatches: 0, revivals: 0, restores: 0 },
    bounds: bounds({ second: false, unknowns: 1, repoints: 1 }),
  },
  {
    ...ALONE,
    name: 'alone: swept, the thing is removed and brought back by hand',
    settle: 1,
    swept: { takesBack: 'at once', snatches: 1, revivals: 1, restores: 0 },
    bounds: bounds({ second: false }),
  },
  {
    ...ALONE,
    name: 'alone: swept, the ledger is put back',
    swept: { takesBack: 'when told', snatches: 0, revivals: 0, restores: 1 },
    bounds: bounds({ second: false }),
  },
];

/** Where it is not said otherwise the second lease comes, the first may be ended, and nothing goes wrong. */
function bounds(some: Partial<Bounds>): Bounds {
  return { ...NOTHING, second: true, endWishes: FIRST_MAY_END, ...some };
}
