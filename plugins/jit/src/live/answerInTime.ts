/** A backend that never answers is not waited for for ever. */
const NO_ANSWER_MS = 30_000;

export class NoAnswerError extends Error {
  name = 'NoAnswerError';
}

/** @throws NoAnswerError after 30 seconds, in which case the call is aborted */
export async function answerInTime<T>(
  call: (signal: AbortSignal) => Promise<T>,
  controller: AbortController = new AbortController(),
): Promise<T> {
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const noAnswer = new Promise<never>((_, reject) => {
    giveUp = setTimeout(() => {
      reject(new NoAnswerError());
      controller.abort();
    }, NO_ANSWER_MS);
  });
  try {
    return await Promise.race([call(controller.signal), noAnswer]);
  } finally {
    clearTimeout(giveUp);
  }
}
