import { Instant, Operation } from '../leases/records';
import { UNIT } from './Configuration';
import { ANSWERS, Hand } from './ModelState';

/** The instant at which every decoded state stands: only distances from now are kept. */
export const NOW = 1_000_000;

/** Longer ago than this, in units, makes no difference to any decision. */
export const OLDEST = -8;

const SHIFT = 32;

export const OPERATIONS: readonly Operation[] = [
  'eligibility',
  'look-before',
  'grant',
  'extend',
  'mint',
  'revoke',
  'inspect',
  'keep',
];

export const HANDS: readonly Hand[] = [
  'claimed',
  'claimed-to-mint',
  'calling',
  ...ANSWERS,
];

export const STATES = ['approved', 'granting', 'active', 'revoking'] as const;

export const REMOVALS = [undefined, 'revoke', 'inspect', 'keep'] as const;

export const MAYBE = [undefined, false, true] as const;

/** An instant as one small number, by its distance from now; 0 when there is none. */
export function toCode(at: Instant | undefined, now: Instant): number {
  if (at === undefined) {
    return 0;
  }
  const distance = (at - now) / UNIT;
  return (distance < OLDEST ? OLDEST : distance) + SHIFT;
}

/** The instant that a number stands for in a state at {@link NOW}. */
export function fromCode(code: number): Instant | undefined {
  return code === 0 ? undefined : NOW + (code - SHIFT) * UNIT;
}

/** Whether a call changes something outside. */
export function hasEffect(operation: Operation): boolean {
  return (
    operation === 'grant' ||
    operation === 'extend' ||
    operation === 'mint' ||
    operation === 'keep' ||
    operation === 'revoke'
  );
}

/** Whether what the hand holds is an outcome that the ledger does not know yet. */
export function isAnswer(hand: Hand | undefined): boolean {
  return hand !== undefined && HANDS.indexOf(hand) > 2;
}
