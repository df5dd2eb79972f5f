import { Lease } from '@backstage-jit/plugin-jit-common';
import { isReviewable } from './isReviewable';
import { approvableByMs, extensibleByMs, protectableTo } from './leasePhase';

/** Who reads the page. */
export interface Reader {
  /** Their entity ref; undefined until it is known. */
  me?: string;
  isOperator?: boolean;
}

/** What the reader is offered to do with a lease. The backend decides; this only keeps buttons away that it would refuse. */
export interface LeaseRights {
  credentials: boolean;
  extend: boolean;
  /** Ask no more for a later end that waits for approval. */
  unask: boolean;
  /** End one's own live lease. */
  done: boolean;
  /** Take back what cannot be used yet. */
  withdraw: boolean;
  /** End somebody else's. */
  end: boolean;
  retry: boolean;
  /** Have it kept until a time. */
  protect: boolean;
  /** Say that one has looked at what nobody approved. */
  review: boolean;
  /** Have its last copy back, while there is one. */
  restore: boolean;
}

const NOTHING: LeaseRights = {
  credentials: false,
  extend: false,
  unask: false,
  done: false,
  withdraw: false,
  end: false,
  retry: false,
  protect: false,
  review: false,
  restore: false,
};

export function rightsOn(lease: Lease, reader: Reader): LeaseRights {
  const { state, subject, requester } = lease;
  const { me, isOperator = false } = reader;
  const retry = isOperator && (state === 'granting' || state === 'revoking');
  const restore =
    state === 'revoking' &&
    lease.keptUntil !== undefined &&
    // A part of a bundle is made anew.
    !lease.bundle &&
    me === subject;
  const mine = me !== undefined && (me === subject || me === requester);
  const review = me !== undefined && !mine && isReviewable(lease);
  if (lease.endAskedFor) {
    return { ...NOTHING, retry, review, restore };
  }
  const live = state === 'active' || state === 'granting';
  const early =
    state === 'requested' || state === 'approved' || state === 'granting';
  return {
    credentials: state === 'active' && me === subject,
    extend: mine && extensibleByMs(lease) + approvableByMs(lease) > 0,
    unask: mine && state === 'active' && lease.extensionAsked !== undefined,
    done: mine && state === 'active',
    withdraw: mine && early,
    end: !mine && isOperator && (live || state === 'approved'),
    retry,
    protect:
      (mine || isOperator) &&
      state === 'active' &&
      protectableTo(lease) !== undefined,
    review,
    restore,
  };
}

/** What is done with a bundle as a whole, by any of its parts. */
export function rightsOnBundle(part: Lease, reader: Reader): LeaseRights {
  const { extend, unask, done, withdraw, end } = rightsOn(part, reader);
  return { ...NOTHING, extend, unask, done, withdraw, end };
}

/** What is left to do with one part of a bundle. */
export function rightsOnPart(part: Lease, reader: Reader): LeaseRights {
  const { credentials, retry, protect, review } = rightsOn(part, reader);
  return { ...NOTHING, credentials, retry, protect, review };
}
