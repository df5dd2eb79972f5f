import { Broken } from './Broken';

/** What a history without an end breaks. */
export const NEVER_AT_REST: Broken = {
  invariant: 'comesToRest',
  detail: 'this never comes to rest, though nothing more goes wrong',
};

/**
 * A history without an end, or undefined when there is none: it goes on in a calm world for ever, or stops there, without coming to rest.
 *
 * In a calm world exactly one thing happens next, so the states form chains; each must end at rest, not in a circle or nowhere.
 *
 * @param calm - for each state the one that comes next in a calm world
 * @param resting - for each state whether it is at rest
 * @returns the states it goes through, up to the first that it has been in before
 */
export function endless(
  calm: ReadonlyArray<number | undefined>,
  resting: readonly boolean[],
): number[] | undefined {
  const goesWell = new Uint8Array(resting.length);
  const onChain = new Uint8Array(resting.length);
  for (let start = 0; start < resting.length; start++) {
    const chain: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !goesWell[at] && !resting[at] && !onChain[at]) {
      onChain[at] = 1;
      chain.push(at);
      at = calm[at];
    }
    if (at === undefined || onChain[at]) {
      return at === undefined ? chain : [...chain, at];
    }
    for (const each of chain) {
      goesWell[each] = 1;
      onChain[each] = 0;
    }
  }
  return undefined;
}
