import { SweepBudget } from './sweep/Sweep';

/** One unit of the model's time. Every duration of a configuration is a whole number of them. */
export const UNIT = 1000;

/** How often each thing that need not happen may happen in one history. What is bounded here may happen at any moment. */
export interface Bounds {
  /** A worker dies; its call, if one is out, may still land. */
  crashes: number;
  /** A call breaks off: nobody knows whether it took effect, or will. */
  unknowns: number;
  /** A call fails for sure, is told to come back later, or is not done in one step. */
  failures: number;
  /** The outside system goes away, and comes back when it likes. */
  downs: number;
  /** The connection is pointed at another system, and back when somebody likes. */
  repoints: number;
  /** The end of the first lease is moved. */
  extensions: number;
  /** Credentials are asked for. */
  mints: number;
  /** Somebody has the engine try again at once. */
  retries: number;
  /** The first lease's thing is used. */
  uses: number;
  /** People are asked for a later end of the first lease. */
  asks: number;
  /** The first lease is protected, or what protects it is lifted. */
  protections: number;
  /** Whether a worker that lost its claim goes on until its write is refused; else it stops at once, which comes to the same. */
  lateWrites: boolean;
  /** For each lease: whether its end may be asked for. */
  endWishes: readonly [boolean, boolean];
  /** Whether the second lease is ever asked for. */
  second: boolean;
}

/** Only what must happen does. */
export const NOTHING: Bounds = {
  crashes: 0,
  unknowns: 0,
  failures: 0,
  downs: 0,
  repoints: 0,
  extensions: 0,
  mints: 0,
  retries: 0,
  uses: 0,
  protections: 0,
  asks: 0,
  lateWrites: false,
  endWishes: [false, false],
  second: false,
};

/** One closed world that the model explores to its end. */
export interface Configuration {
  name: string;
  /** Whether the leases share the outside thing. */
  shared: boolean;
  /** Whether the subject holds the thing for good, outside any lease. */
  standing: boolean;
  /** In units: how long reads lag, and a call may land after its deadline. */
  settle: number;
  /** Whether the outside thing has an end of its own that follows the lease's. */
  endsOutside: boolean;
  /** Whether reads lag behind that end as they do behind a call. */
  endLags: boolean;
  /** Whether a late extension makes a thing anew that is gone. */
  extendCreates: boolean;
  /** In units: how long a claim holds without being renewed. */
  claimLife: number;
  /** Whether the two leases are the parts of a bundle, each with a thing of its own; see `bundle/`. */
  bundle?: boolean;
  /** Whether the first lease ends for not being used, and for what it costs, and can be protected. */
  used?: boolean;
  /** Whether a last copy is made of the first lease's thing when it ends, which the second lease restores if it comes in time. */
  kept?: boolean;
  /** Whether people decide about a later end of the first lease than what it can be moved to at once. */
  decided?: boolean;
  /** Given when the outside is swept for what differs from the ledger; see `sweep/`. */
  swept?: SweepBudget & {
    /** What is there after its end is taken back at once, or when an operator says so. */
    takesBack: 'at once' | 'when told';
  };
  bounds: Bounds;
}

/** Durations that every configuration has in common, in units. */
export const DURATIONS = {
  lease: [3, 2],
  grantWithin: 4,
  extension: 2,
  /** How far people move an end, at most, beyond what is moved at once. */
  byApproval: 1,
  callTimeout: 2,
  outsideGrace: 1,
  probeEvery: 1,
  lookEvery: 1,
  partsEvery: 2,
  idle: 2,
  idleWarn: 1,
  lookHolds: 1,
  protection: 6,
  budget: 5,
  keep: 3,
} as const;
