/**
 * Withholds one exchange on its way out.
 *
 * @public
 */
export interface HeldExchange {
  /** From now on, the exchange of this index (from 0) is withheld: sent by the provider, not arrived at the system, not answered. */
  hold(exchange: number): void;
  /** Settles once an exchange is withheld; pending when the provider makes fewer exchanges. */
  whenHeld(): Promise<void>;
  /** Lets the withheld exchange take its effect on the system, though nobody waits for its answer any more. */
  release(): Promise<void>;
}

/**
 * Faults between a provider and the system. An *exchange* is the smallest thing that can be cut off from the next: an HTTP request, a
 * statement. Counting starts anew at `restore`, `crashAfter` and `hold`.
 *
 * @public
 */
export interface TransportFaults extends HeldExchange {
  /** How many exchanges were sent since counting started. */
  sent(): number;
  /**
   * Lets so many exchanges take their effect; then it is as if the process had died: the last one's answer is lost, nothing more is sent,
   * connections are closed, until `restore`.
   */
  crashAfter(exchanges: number): void;
  /** Whether the point of `crashAfter` was reached. */
  crashed(): boolean;
  /** Takes all of it back. */
  restore(): Promise<void>;
}
