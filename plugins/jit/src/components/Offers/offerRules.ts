import { Lease } from '@backstage-jit/plugin-jit-common';
import { Askable } from '../RequestDialog';

/** Whether asking for it has a chance. */
export function canAsk({ refusal, closed }: Askable): boolean {
  return !refusal && !closed;
}

/** Whether the reader can ask for others what they may not have themselves. */
export function canAskForOthersOnly(offer: Askable): boolean {
  return Boolean(offer.onBehalf && offer.refusal && !offer.closed);
}

/** Whether one click says all there is to say. */
export function needsNothing(offer: Askable): boolean {
  return offer.automatic && !offer.reason.required && !offer.parameters?.length;
}

/** Whether the reader has what is offered already, or has asked for it. A closed last copy is nothing that one has. */
export function standingOf(
  leases: Lease[],
  offer: Askable,
): 'held' | 'asked' | undefined {
  const theirs = leases.filter(
    lease => isOf(lease, offer) && lease.keptUntil === undefined,
  );
  if (!theirs.length) {
    return undefined;
  }
  const waits = ({ state }: Lease) =>
    state === 'requested' || state === 'approved';
  return theirs.every(waits) ? 'asked' : 'held';
}

/** Whether a lease is what the offer gives. A part of a bundle is not the same as its profile by itself. */
function isOf(lease: Lease, offer: Askable): boolean {
  return offer.bundle
    ? lease.bundle?.id === offer.bundle.bundleId
    : !lease.bundle && lease.profileId === offer.profileId;
}

/** What can be had first, each in the order of the config. */
export function inOrder(offers: Askable[]): Askable[] {
  return [...offers.filter(canAsk), ...offers.filter(each => !canAsk(each))];
}
