import { takesItsEndLater } from '../../leases/extension';
import { Broken } from '../Broken';
import { DURATIONS, UNIT } from '../Configuration';
import { extensionBeforeEnd } from '../people';
import { Rules } from '../Rules';
import { rows, SOMEONE } from '../rows';
import { unlessRefused } from '../unlessRefused';
import { leaseOf, Pair } from './Pair';

/** Moves the end of all parts as the ledger does: in one write, or not at all when one of them refuses. The pair given is changed. */
export function extendPair(
  pair: Pair,
  rules: Rules,
): { broken?: Broken } | undefined {
  const [{ budget, now }] = pair;
  const parts = [leaseOf(pair, 0), leaseOf(pair, 1)];
  if (budget.extensions === 0 || parts[0].state !== 'active') {
    return undefined;
  }
  const moved = unlessRefused(() =>
    parts.map(lease =>
      takesItsEndLater(lease)
        ? undefined
        : rules.askForExtension(lease, {
            actor: SOMEONE,
            now,
            byMs: DURATIONS.extension * UNIT,
            canExtend: true,
          }).lease,
    ),
  );
  if (!moved) {
    return undefined;
  }
  budget.extensions -= 1;
  let broken: Broken | undefined;
  pair.forEach((state, side) => {
    const lease = moved[side];
    if (lease) {
      broken ??= extensionBeforeEnd(parts[side], now);
      state.leases[side] = lease;
    }
    if (rows(state).length) {
      state.nextAt = now;
      state.turnAt = now;
    }
  });
  return { broken };
}
