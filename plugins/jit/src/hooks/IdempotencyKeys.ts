/**
 * Names a write, so that the backend does it once: a write that is sent again because no answer came keeps its name.
 */
export class IdempotencyKeys {
  #sent: { body: string; key: string } | undefined;

  keyFor(body: unknown): string {
    const text = JSON.stringify(body) ?? '';
    if (this.#sent?.body !== text) {
      this.#sent = { body: text, key: randomKey() };
    }
    return this.#sent.key;
  }

  /** The backend has answered: the next write is another one, even if it is word for word the same. */
  answered(): void {
    this.#sent = undefined;
  }
}

/** Works without https too, where there is no crypto.randomUUID. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
