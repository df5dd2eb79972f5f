const EVERY_MS = 250;

/** Polls until the address answers 200. */
export async function waitForOk(url, { headers, signal }) {
  for (;;) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { headers, signal });
      await response.arrayBuffer();
      if (response.status === 200) {
        return;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error.cause === undefined) {
        throw error;
      }
    }
    await new Promise(resolve => setTimeout(resolve, EVERY_MS));
  }
}
