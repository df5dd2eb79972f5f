/**
 * How the engine keeps time. Every duration is in milliseconds.
 */
export interface EngineSettings {
  /** How often due work is looked for at the least, whatever else wakes the engine. */
  tickMs: number;
  /** How many leases one process works on at once, over all connections. */
  capacity: number;
  /** How long a claim holds without being renewed. */
  claimLifeMs: number;
  /** How often a claim is renewed while a call is out. Less than half the claim's life. */
  claimRenewalMs: number;
  /** How long one call to a provider may take when the provider does not say. */
  callTimeoutMs: number;
  /** How long the catalog may take to answer. */
  catalogTimeoutMs: number;
  /** How long somebody who asks for credentials waits at the most. */
  mintTimeoutMs: number;
  /** The first wait after a failed attempt; it doubles from then on. */
  backoffMinMs: number;
  /** The longest wait between two attempts. */
  backoffMaxMs: number;
  /** From how many failed attempts on a lease is shown as stuck. */
  stuckAfterAttempts: number;
  /** How late a transition may be before its lease is shown as stuck. */
  stuckAfterMs: number;
  /** How often a connection that is away is probed. */
  probeEveryMs: number;
  /** How much later than the lease the outside system's own expiry is set. */
  outsideMarginMs: number;
  /** How often the trail's checkpoint goes to the auditor. */
  checkpointEveryMs: number;
}

/** What `jit.engine` stands for when it is not given. */
export const DEFAULT_ENGINE_SETTINGS: EngineSettings = {
  tickMs: 500,
  capacity: 64,
  claimLifeMs: 10_000,
  claimRenewalMs: 3_000,
  callTimeoutMs: 10_000,
  catalogTimeoutMs: 5_000,
  mintTimeoutMs: 10_000,
  backoffMinMs: 2_000,
  backoffMaxMs: 300_000,
  stuckAfterAttempts: 5,
  stuckAfterMs: 600_000,
  probeEveryMs: 5_000,
  outsideMarginMs: 120_000,
  checkpointEveryMs: 300_000,
};
