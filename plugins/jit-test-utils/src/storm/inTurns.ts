const AT_ONCE = 16;

/**
 * Works on all of them, a few at a time.
 *
 * @returns what came of each, in their order
 * @public
 */
export async function inTurns<TItem, TResult>(
  items: TItem[],
  work: (item: TItem, index: number) => Promise<TResult>,
): Promise<TResult[]> {
  const results: TResult[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < items.length) {
        const index = next;
        next += 1;
        results[index] = await work(items[index], index);
      }
    }),
  );
  return results;
}
