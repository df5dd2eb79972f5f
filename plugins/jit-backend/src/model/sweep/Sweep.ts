import { Difference } from '../../reconcile/compare';
import { ModelState } from '../ModelState';

/** What a pass has found to do about the thing, if anything. */
export const DEEDS = ['end', 'takeBack', 'adopt'] as const;
export type Deed = (typeof DEEDS)[number];

/** How far a pass of the sweep has come: it has listed, compared, and looked at the one thing that it is about to act on. */
export interface Pass {
  listed: boolean;
  /** Of the system that was listed. */
  identity: 'ours' | 'another';
  /** Given when it has compared, and has something to do. */
  deed?: Deed;
  /** Whether its own look confirms what it is about to do. */
  confirmed?: true;
  /** What it is going to report. */
  report?: Report;
}

/** The last report in the ledger. */
export interface Report {
  difference?: Pick<Difference, 'type' | 'firstSeenAt'>;
  held: boolean;
  go: boolean;
}

/** What the sweep knows, and what was done behind the engine's back. */
export interface Sweep {
  pass?: Pass;
  /** Whether a pass has begun at this instant. */
  swept: boolean;
  report: Report;
  /** Whether things were changed outside by others, or the ledger was put back: from then on the outside may differ from the ledger until it is swept. */
  disturbed: boolean;
  /** Whether the ledger was put back. */
  restored: boolean;
  /** The ledger as it was once, to be put back. */
  backup?: ModelState;
  budget: SweepBudget;
}

/** How often it may still happen. */
export interface SweepBudget {
  /** The thing is removed outside, by hand. */
  snatches: number;
  /** It is brought back outside, by hand. */
  revivals: number;
  /** A backup of the ledger is made, and put back later. */
  restores: number;
}

export const NO_REPORT: Report = { held: false, go: false };
