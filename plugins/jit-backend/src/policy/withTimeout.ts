/**
 * Waits for a call so long and no longer. What it answers later is thrown away.
 *
 * @throws Error when the time is up.
 */
export async function withTimeout<T>(
  milliseconds: number,
  call: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      call(),
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () => reject(new Error('Timed out')),
          milliseconds,
        ).unref();
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
