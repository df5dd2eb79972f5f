/** Soon at first; later seldom, since whoever is asked shares the machine with what is waited for. */
const FIRST_MS = 25;
const MOST_MS = 250;

/**
 * Asks again and again until the answer is something.
 *
 * @throws Error that says what did not come, after so long that something must be wrong
 */
export async function waitFor<T>(
  options: { what: string; withinMs: number },
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const until = performance.now() + options.withinMs;
  for (let pause = FIRST_MS; ; pause = Math.min(1.3 * pause, MOST_MS)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > until) {
      throw new Error(
        `Waited ${options.withinMs / 1000} s in vain for ${options.what}`,
      );
    }
    await new Promise(resolve => {
      setTimeout(resolve, pause);
    });
  }
}
