type Listener = () => void;

/** Tells every list on the page that something about leases has changed, so that they agree without waiting for their next look. */
export class LeaseChanges {
  readonly #listeners = new Set<Listener>();

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  announce(): void {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}

export const leaseChanges = new LeaseChanges();
