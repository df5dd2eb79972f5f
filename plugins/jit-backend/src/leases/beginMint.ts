import { ConflictError } from '@backstage/errors';
import { Surroundings } from './advance';
import { gateFailure } from './chooseNext';
import { withToken } from './activityTokens';
import { Draft } from './Draft';
import { applyDueTransitions } from './dueTransitions';
import {
  EntitlementView,
  EventDraft,
  Failure,
  LeaseRecord,
  PendingCall,
} from './records';
import { recoverCall } from './failures';

/** Who wants credentials of which lease. */
export interface MintOrder {
  leaseId: string;
  actor: string;
  /** Of a token that is given out with them, to report use with. */
  activityTokenHash?: string;
}

/** The intent to mint credentials, or why none can be minted now. */
export type MintDecision =
  | { view: EntitlementView; events: EventDraft[]; call: PendingCall }
  | { failure: Failure };

/**
 * Commits to one minting of credentials for an active lease. Pure.
 *
 * @throws ConflictError when the lease is not active any more, or not yet.
 */
export function beginMint(
  view: EntitlementView,
  options: MintOrder & {
    /** What the ledger shall hold of the credentials before they can exist; undefined when nothing. Pure. */
    handleOf?: (lease: LeaseRecord, call: PendingCall) => LeaseRecord['handle'];
  },
  surroundings: Surroundings,
): MintDecision {
  const { now, pausedUntil, traits } = surroundings;
  const draft = new Draft(view, options.actor);
  recoverCall(draft);
  applyDueTransitions(draft, surroundings);
  const lease = draft.lease(options.leaseId);
  if (lease?.state !== 'active') {
    throw new ConflictError(
      `Lease ${options.leaseId} is not active: there are no credentials to issue`,
    );
  }
  if (pausedUntil !== undefined && pausedUntil > now) {
    return {
      failure: {
        class: 'connection',
        message: `Connection ${lease.connection} is not answering; try again shortly`,
      },
    };
  }
  const failure = gateFailure(draft, surroundings);
  if (failure) {
    return { failure };
  }

  const call: PendingCall = {
    operation: 'mint',
    leaseId: lease.id,
    startedAt: now,
    landsUntil: now + traits.callTimeoutMs + traits.settleMs,
  };
  draft.entitlement.call = call;
  if (options.activityTokenHash) {
    lease.activityTokens = withToken(
      lease.activityTokens,
      options.activityTokenHash,
    );
  }
  lease.handle = options.handleOf?.(lease, call) ?? lease.handle;
  draft.note(lease, { type: 'credentials.issued' });
  return {
    view: { ...view, entitlement: draft.entitlement, leases: draft.leases },
    events: draft.events,
    call,
  };
}
