/** The call was given up on: what it did, and may yet do, is not known. */
export class DeadlineError extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${Math.round(milliseconds / 100) / 10} s`);
    this.name = 'DeadlineError';
  }
}

/**
 * Makes one call that ends in time whatever it does: its signal is aborted at the deadline, or when `signal` is, and nobody waits longer.
 *
 * @throws DeadlineError at the deadline, the signal's reason when it was aborted, or what the call throws
 */
export async function callWithDeadline<T>(
  options: { milliseconds: number; signal?: AbortSignal },
  call: (context: { signal: AbortSignal; deadline: number }) => Promise<T>,
): Promise<T> {
  const { milliseconds } = options;
  const controller = new AbortController();
  const giveUp = (reason: unknown) => controller.abort(reason);
  const onOuterAbort = () => giveUp(options.signal?.reason);
  options.signal?.addEventListener('abort', onOuterAbort, { once: true });
  if (options.signal?.aborted) {
    onOuterAbort();
  }
  const timer = setTimeout(
    () => giveUp(new DeadlineError(milliseconds)),
    milliseconds,
  );
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(controller.signal.reason);
    controller.signal.addEventListener('abort', onAbort, { once: true });
    if (controller.signal.aborted) {
      onAbort();
    }
  });
  try {
    controller.signal.throwIfAborted();
    const answer = call({
      signal: controller.signal,
      deadline: performance.now() + milliseconds,
    });
    return await Promise.race([answer, aborted]);
  } finally {
    aborted.catch(() => {});
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onOuterAbort);
  }
}
