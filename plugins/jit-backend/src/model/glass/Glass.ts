import { Instant, LeaseRecord } from '../../leases/records';
import { Configuration } from '../Configuration';
import { ModelState } from '../ModelState';
import { Person } from './persons';

/** The one person, the catalog, and what was leased one after the other. */
export interface Glass {
  /** Up to two leases, each with a thing of its own. */
  world: ModelState;
  /** What is over, and is to be reviewed. */
  past: [LeaseRecord?, LeaseRecord?];
  catalog: {
    answers: boolean;
    /** What it says of the person, or would say. */
    person: Person;
  };
  /** What it said when it was copied last. */
  copy?: { takenAt: Instant; person: Person };
  /** Whether the leases were looked at again at this instant. */
  looked: boolean;
  /** Since when the catalog answers that the person has lost the right to the active lease. */
  saysLostSince?: Instant;
  /** When the person first lost it. */
  lostAt?: Instant;
  /** The latest end that people approved, of the first lease. */
  approvedUntil?: Instant;
  /** How often the catalog may still go away, and say something else. */
  budget: { outages: number; changes: number };
}

export interface GlassConfiguration {
  name: string;
  /** In which the leases live. */
  world: Configuration;
  /** What the catalog may say of the person; the first is how it begins. */
  persons: readonly Person[];
  budget: Glass['budget'];
  /** Whether the person may also ask by the rules. */
  ordinary?: boolean;
  /** Whether the person may ask twice. */
  twice?: boolean;
}

/** The lease of a slot, live or over and to be reviewed. */
export function leaseAt(
  { world, past }: Glass,
  index: 0 | 1,
): LeaseRecord | undefined {
  const slot = world.leases[index];
  return typeof slot === 'string' ? past[index] : slot;
}
