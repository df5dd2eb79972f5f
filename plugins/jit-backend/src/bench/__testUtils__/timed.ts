/** How long each of so many runs takes, in milliseconds. */
export async function timed(
  times: number,
  run: () => Promise<unknown>,
): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now();
    await run();
    taken.push(performance.now() - begun);
  }
  return taken;
}
