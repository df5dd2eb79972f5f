import {
  EntitlementRecord,
  Instant,
  LeaseRecord,
  Operation,
} from '../leases/records';
import { Sweep } from './sweep/Sweep';

/** A lease that nobody asked for yet, one that is finished (where the outside is swept, `revoked` says that it was seen to be gone), or its row in the ledger. */
export type LeaseSlot = 'unasked' | 'over' | 'revoked' | LeaseRecord;

/** What came back to a worker, before it is told to the ledger. */
export const ANSWERS = [
  'done',
  'not-done',
  'absent',
  'present',
  'pending',
  'eligible',
  'ineligible',
  'retryable',
  'rate-limited',
  'unknown-outcome',
  'connection',
  'done, then absent',
  'done, then present',
  'done, then connection',
] as const;
export type Answer = (typeof ANSWERS)[number];

/** What the worker that holds the claim is doing. */
export type Hand = 'claimed' | 'claimed-to-mint' | 'calling' | Answer;

/** A call that nobody waits for any more, and that takes effect later or never. */
export interface Flight {
  operation: Operation;
  landsUntil: Instant;
  notAfter?: Instant;
}

/** How often each bounded thing may still happen. */
export interface Budget {
  crashes: number;
  unknowns: number;
  failures: number;
  downs: number;
  repoints: number;
  extensions: number;
  mints: number;
  retries: number;
  uses: number;
  protections: number;
  asks: number;
}

/** A request for a later end of the first lease, that waits for people. */
export interface Later {
  /** The end when it was asked for. */
  from: Instant;
  byMs: number;
}

/** What is really known of the use of the first lease's thing, and by whom. */
export interface Use {
  /** When it was used. */
  at: Instant[];
  /** A look that has seen how it was used, and is not written yet. */
  look?: { beganAt: Instant; lastUse?: Instant };
}

/**
 * Everything there is at one instant: the ledger's rows, the outside system, the network and the workers.
 *
 * Workers are told apart only by who holds the claim, so one `hand` and a count of those that lost theirs is all there is to them.
 */
export interface ModelState {
  /** The database's time. */
  now: Instant;

  /** The row that is claimed; undefined when no lease needs it. */
  entitlement?: EntitlementRecord;
  nextAt?: Instant;
  turnAt?: Instant;
  leases: [LeaseSlot, LeaseSlot];
  /** The other part of a bundle, as the ledger has it. Not a part of this state: never encoded. */
  otherParts?: LeaseRecord[];
  pausedUntil?: Instant;

  /** Until when nobody else may claim. Without a hand its worker is dead. */
  claimUntil?: Instant;
  hand?: Hand;
  /** Workers that lost their claim, do not know it, and are about to write. */
  late: number;

  /** Whether the outside thing is there. */
  present: boolean;
  /** Whether it is a last copy, that nobody gets into. */
  closed: boolean;
  /** When it dies by itself. */
  presentUntil?: Instant;
  /** When that changed, while reads may still show what was before. */
  changedAt?: Instant;
  /** Whether it died by its own end while it was wanted. */
  diedByItself: boolean;
  down: boolean;
  repointed: boolean;
  flights: Flight[];

  use: Use;

  later?: Later;

  /** Given where the outside is swept. */
  sweep?: Sweep;

  budget: Budget;
}

/** How many workers there are. */
export const WORKERS = 3;
