/**
 * What a call answers that knows no signal. When the signal is aborted before, nobody waits for it any more.
 *
 * @throws the signal's reason
 */
export async function unlessAborted<T>(
  call: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([call, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
