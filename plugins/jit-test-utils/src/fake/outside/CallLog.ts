/** @public */
export interface FakeCallStart {
  /** Which process made it. */
  worker: string;
  provider: string;
  operation: string;
  system: string;
  externalName?: string;
  leaseId?: string;
}

/**
 * One call of the engine to a fake provider.
 *
 * @public
 */
export interface FakeCall extends FakeCallStart {
  id: string;
  /** Epoch milliseconds by the world's clock. */
  startedAt: number;
  /** Not set while it runs, and for ever when its process died. */
  endedAt?: number;
  /** `done`, `more`, what an inspection found, or the class of the error. `abandoned` when its process died. */
  outcome?: string;
  /** The calls on the same entitlement that were under way when it began. */
  overlapped: string[];
}

/** Keeps the calls, and finds those on one entitlement that ran at the same time. */
export class CallLog {
  readonly #calls = new Map<string, FakeCall>();
  readonly #open = new Map<string, FakeCall>();

  begin(start: FakeCallStart, at: number): string {
    const id = String(this.#calls.size + 1);
    const overlapped = [...this.#open.values()].filter(
      other =>
        start.externalName !== undefined &&
        other.externalName === start.externalName &&
        other.system === start.system,
    );
    const call: FakeCall = {
      ...start,
      id,
      startedAt: at,
      overlapped: overlapped.map(other => other.id),
    };
    this.#calls.set(id, call);
    this.#open.set(id, call);
    return id;
  }

  end(id: string, outcome: string, at: number): void {
    const call = this.#open.get(id);
    if (call) {
      call.endedAt = at;
      call.outcome = outcome;
      this.#open.delete(id);
    }
  }

  workerGone(worker: string): void {
    for (const call of this.#open.values()) {
      if (call.worker === worker) {
        call.outcome = 'abandoned';
        this.#open.delete(call.id);
      }
    }
  }

  all(): FakeCall[] {
    return [...this.#calls.values()];
  }
}
