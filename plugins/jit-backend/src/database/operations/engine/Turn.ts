import { EntitlementView, EventDraft, Instant } from '../../../leases/records';
import { Claim } from './Claim';

/** What the ledger says around an entitlement when a decision about it is made. */
export interface TurnFacts {
  now: Instant;
  connection: ConnectionFacts;
}

/** The state of a connection that all replicas share. */
export interface ConnectionFacts {
  /** Set while it is left alone. */
  pausedUntil?: Instant;
  /** True while it is still recovering: a success is worth telling. */
  recovering: boolean;
}

/** What is written for a turn. */
export interface TurnWrite {
  view: EntitlementView;
  events: EventDraft[];
  /** When the entitlement is due again. */
  schedule: { nextAt?: Instant; turnAt?: Instant };
  /** True when a call follows, so that the claim is kept. */
  keepClaim: boolean;
}

/** One claimed entitlement that wants to write. */
export interface Turn {
  claim: Claim;
  /** Pure; sees the ledger as it is under lock. What it throws ends this turn alone, unwritten. */
  decide(view: EntitlementView, facts: TurnFacts): TurnWrite;
}

/** How a turn went: written, refused because the claim was lost, or ended by its own decision's error. */
export type TurnResult =
  | { type: 'written' }
  | { type: 'claim-lost' }
  | { type: 'failed'; error: unknown };
