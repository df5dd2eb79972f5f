import { LeaseRecord } from '../../leases/records';
import { NOW } from '../codes';
import { Configuration } from '../Configuration';
import { decode } from '../decode';
import { encode } from '../encode';
import { ModelState } from '../ModelState';
import { newLease, rows } from '../rows';

/** Which part: 0 is granted first and ends last. */
export type Side = 0 | 1;

/** The two parts of a bundle, each with its own thing, claim and workers, at the same instant. */
export type Pair = [ModelState, ModelState];

/** Each side may have its own share of what goes wrong. */
export type PairConfiguration = {
  name: string;
  sides: [Configuration, Configuration];
};

const SEPARATOR = '\uffff';

export function encodePair(pair: Pair, { sides }: PairConfiguration): string {
  return encode(pair[0], sides[0]) + SEPARATOR + encode(pair[1], sides[1]);
}

/** Each side sees the other one's lease as the ledger has it. */
export function decodePair(key: string, { sides }: PairConfiguration): Pair {
  const [a, b] = key.split(SEPARATOR);
  const pair: Pair = [decode(a, sides[0]), decode(b, sides[1])];
  pair[0].otherParts = [leaseOf(pair, 1)];
  pair[1].otherParts = [leaseOf(pair, 0)];
  return pair;
}

/** The lease of a side. Of a finished one only that it is so is remembered. */
export function leaseOf(pair: Pair, side: Side): LeaseRecord {
  return (
    rows(pair[side])[0] ?? {
      ...newLease(side, NOW, { bundle: true }),
      state: 'revoked',
      endReason: 'ended',
    }
  );
}

/** What a turn or a wish on one part changes makes the other one due, in the same transaction. */
export function wakeOther(before: Pair, after: Pair, side: Side): void {
  const was = leaseOf(before, side);
  const is = leaseOf(after, side);
  const other = after[side === 0 ? 1 : 0];
  if (
    other.entitlement &&
    (was.state !== is.state || was.endWish !== is.endWish)
  ) {
    other.nextAt = other.now;
    other.turnAt = other.now;
  }
}
