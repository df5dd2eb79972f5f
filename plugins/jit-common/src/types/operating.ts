import { LeaseState } from './states';

/** @public */
export interface ConnectionHealth {
  connection: string;
  type: string;
  /** `unhealthy`: it answers, and lacks rights that it needs. */
  state: 'ok' | 'paused' | 'down' | 'missing' | 'repointed' | 'unhealthy';
  message?: string;
  leases: number;
  stuck: number;
  pausedUntil?: string;
  /** What reconcile found and leaves alone until an operator allows it, in words. */
  held?: string;
}

/**
 * What operators stop: everything that matches all of what is given, at least one of the four.
 *
 * @public
 */
export interface StopOrder {
  subject?: string;
  profileId?: string;
  connection?: string;
  entityRef?: string;
  why: string;
  /** Ends what is live; true when not given. */
  endLeases?: boolean;
  /** Refuses new leases until the stop is lifted; true when not given. */
  refuseNew?: boolean;
}

/** @public */
export interface Stop {
  id: string;
  subject?: string;
  profileId?: string;
  connection?: string;
  entityRef?: string;
  why: string;
  actor: string;
  createdAt: string;
  liftedAt?: string;
  liftedBy?: string;
}

/** @public */
export interface StopOutcome {
  /** How many leases were asked to end. */
  ended: number;
  /** Set when new leases are refused. */
  stop?: Stop;
}

/**
 * Figures about the ledger as a whole.
 *
 * @public
 */
export interface JitStats {
  /** Unfinished leases by state. */
  unfinished: Partial<Record<LeaseState, number>>;
  stuck: number;
  queue: {
    /** Entitlements that need the engine now. */
    due: number;
    /** Since when the one that waits longest is due, ISO 8601. */
    oldestDueAt?: string;
  };
  /** Leases that went in without approval. */
  breakGlass: {
    /** Not finished. */
    live: number;
    /** Of which not everybody was told within two minutes. */
    undelivered: number;
    unreviewed: number;
    /** Unreviewed for longer than their profile allows. */
    overdue: number;
  };
  lastDay: {
    requested: number;
    granted: number;
    revoked: number;
  };
}
