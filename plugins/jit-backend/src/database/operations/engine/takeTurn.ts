import { Instant, LeaseRecord } from '../../../leases/records';
import { fromRow } from '../../columns';
import { entitlementColumns, queuedColumns } from '../../tables';
import { Bundles } from './Bundles';
import { Pen } from './Pen';
import { Turn, TurnResult } from './Turn';
import { connectionFacts, isLocked, LockedRow } from './underLock';

/** Has one turn, whose claim holds, decide on what is locked, and hands what that says to the pen. */
export function takeTurn(
  { claim, decide }: Turn,
  row: LockedRow,
  world: {
    locked: ReadonlyMap<string, LockedRow>;
    leases: ReadonlyMap<string, LeaseRecord[]>;
    bundles: Bundles;
    now: Instant;
    pen: Pen;
  },
): TurnResult {
  const { locked, now } = world;
  const leases = world.leases.get(claim.entitlementId) ?? [];
  const otherParts = world.bundles.otherPartsOf(leases);
  if (!otherParts.every(part => isLocked(part, locked))) {
    // It joined this very thing when its locks were not asked for. The next turn takes them.
    return { type: 'claim-lost' };
  }
  try {
    const view = {
      entitlement: fromRow(entitlementColumns, row),
      leases,
      otherParts,
    };
    const write = decide(view, { now, connection: connectionFacts(row, now) });
    world.pen.write(claim, fromRow(queuedColumns, row), view, write);
    return { type: 'written' };
  } catch (error) {
    return { type: 'failed', error };
  }
}
