import { Instant } from '../leases/records';

/** Something outside that carries our mark. */
export interface OutsideThing {
  externalName: string;
  leaseId: string;
}

/** What the ledger says about one entitlement. */
export interface LedgerThing {
  entitlementId: string;
  externalName: string;
  /** True when it must be there: a lease on it is active, nothing is under way, and it is ours. */
  settled: boolean;
  activeLeaseIds: string[];
}

/** How the ledger knows a lease that an outside thing names. */
export type KnownLease = { id: string; revoked: boolean };

/**
 * Where the ledger and the outside disagree.
 *
 * - `ghost`: the ledger has it, the outside has not.
 * - `resurrected`: its lease has ended and was seen to be gone, and there it is.
 * - `unknown`: it carries this ledger's mark, and the ledger does not know its lease, or not as one that was ever granted. Only a ledger that lost rows, by a restore, can come to that.
 */
export interface Difference {
  type: 'ghost' | 'resurrected' | 'unknown';
  externalName: string;
  /** The lease that the thing names, or one that is active on it. */
  leaseId: string;
  firstSeenAt: Instant;
}

/**
 * Compares what was listed outside with what the ledger says after that list had ended: in this order what is being made is in the ledger
 * already, and cannot be taken for an orphan.
 */
export function compare(options: {
  outside: OutsideThing[];
  expected: LedgerThing[];
  leases: KnownLease[];
  /** Of the pass before. */
  before: Difference[];
  now: Instant;
}): Difference[] {
  const { outside, expected, leases, before, now } = options;
  const names = new Set(outside.map(thing => thing.externalName));
  const accounted = new Set(expected.map(each => each.externalName));
  const known = new Map(leases.map(lease => [lease.id, lease]));

  const ghosts = expected
    .filter(each => each.settled && !names.has(each.externalName))
    .map(each => ({
      type: 'ghost' as const,
      externalName: each.externalName,
      leaseId: each.activeLeaseIds[0],
    }));
  const orphans = outside
    .filter(thing => !accounted.has(thing.externalName))
    .map(({ externalName, leaseId }) => ({
      type: known.get(leaseId)?.revoked
        ? ('resurrected' as const)
        : ('unknown' as const),
      externalName,
      leaseId,
    }));

  return [...ghosts, ...orphans].map(difference => ({
    ...difference,
    firstSeenAt:
      before.find(
        each =>
          each.type === difference.type &&
          each.externalName === difference.externalName,
      )?.firstSeenAt ?? now,
  }));
}

/** The differences that count: seen in an earlier pass too, so long ago that reads have caught up. */
export function confirmed(
  differences: Difference[],
  options: { now: Instant; settleMs: number },
): Difference[] {
  return differences.filter(
    ({ firstSeenAt }) =>
      firstSeenAt < options.now &&
      firstSeenAt + options.settleMs <= options.now,
  );
}
