import { ProfileOffer } from '@backstage-jit/plugin-jit-common';

/** Whether the reader may go in without approval where they could not go in at once anyway. */
export function canBreakGlass(offer: ProfileOffer): boolean {
  const { breakGlass, closed, refusal, automatic } = offer;
  return Boolean(breakGlass && !closed && (refusal || !automatic));
}
