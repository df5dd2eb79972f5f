import { ProfileOffer } from '@backstage-jit/plugin-jit-common';

/** Whether asking for it has a chance. */
export function canAsk({ refusal, closed }: ProfileOffer): boolean {
  return !refusal && !closed;
}

/** Whether one click says all there is to say. */
export function needsNothing(offer: ProfileOffer): boolean {
  return offer.automatic && !offer.reason.required && !offer.parameters?.length;
}

/** What can be had first, each in the order of the config. */
export function inOrder(offers: ProfileOffer[]): ProfileOffer[] {
  return [...offers.filter(canAsk), ...offers.filter(each => !canAsk(each))];
}
