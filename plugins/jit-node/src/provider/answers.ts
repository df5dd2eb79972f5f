import { HumanDuration } from '@backstage/types';
import { ProviderHandle } from './handle';

/**
 * The answer of a step. When not `done`, the engine commits the handle and calls the same operation again after `lookAgainIn`.
 *
 * @public
 */
export interface Progress<THandle extends ProviderHandle = ProviderHandle> {
  done: boolean;
  handle?: THandle;
  /**
   * How to reach the thing: host, port, database, role. Kept with the lease, shown to whoever sees it, and read by later parts of a bundle, so
   * never a secret. At most 20, named `[a-zA-Z][a-zA-Z0-9_]*` (up to 63 characters), each 1 to 200 printable characters; what is not so is left out. Those
   * of before stay when not given.
   */
  facts?: Record<string, string>;
  lookAgainIn?: HumanDuration;
  /** One line for people: "Namespace gone, waiting for 2 volumes". */
  note?: string;
  /** What the step did beyond the plain case, for the event: objects dropped, owners changed. */
  report?: string[];
}

/**
 * The answer of a step of {@link JitProvider.keep}.
 *
 * @public
 */
export interface KeepProgress<THandle extends ProviderHandle = ProviderHandle>
  extends Progress<THandle> {
  /** With `done`: false when nothing was left that could be kept. */
  kept?: false;
}

/**
 * How the outside thing looks.
 *
 * - `absent`: it is gone, and nothing that it allowed is alive any more, live sessions included. Answered only after a look that
 *   completed: a 401, a 403, a list that broke off is an error, never `absent`.
 * - `present`: it exists, or something of it is alive.
 * - `pending`: the outside system is still at work on it.
 *
 * @public
 */
export interface Inspection {
  status: 'absent' | 'present' | 'pending';
  /**
   * With `absent`: false where nobody can look, so that the thing counts as gone because its removal ran to its end. The lease then ends
   * unverified, and every screen says so.
   */
  verified?: false;
  /** When what is still alive provably dies by itself, in epoch milliseconds. */
  aliveUntil?: number;
  /** What nobody can see or take back. */
  residual?: string;
  /** Why it is still there, in plain words. */
  blockers?: string[];
  lookAgainIn?: HumanDuration;
}

/** @public */
export interface Plan {
  /** What would be made, a line each. */
  lines: string[];
  /** Why it cannot be made, if so. */
  refusal?: string;
  /** What will stay alive after the end. */
  residual?: string;
}

/**
 * Something outside that carries our mark.
 *
 * @public
 */
export interface OwnedThing<THandle extends ProviderHandle = ProviderHandle> {
  externalName: string;
  leaseId: string;
  handle?: THandle;
}

/**
 * How one thing of ours has been used, as one look at all of a connection shows it. Our own looks never count as use.
 *
 * With neither of the two nothing is known from this look, and nothing is concluded from it.
 *
 * @public
 */
export interface ThingActivity {
  externalName: string;
  /** How long ago its last real use was, by the outside system's own clock: 0 while it is in use. For a thing never used, since it was made. */
  idleForMs?: number;
  /**
   * Any text that changes whenever the thing was used, and only then: for use that leaves no other trace between two looks. While it stays the
   * same, the thing was not used.
   */
  counter?: string;
}

/** @public */
export interface Health {
  ok: boolean;
  /** What to do when not ok. */
  message?: string;
}
