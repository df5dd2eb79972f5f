import { EndReason, LeaseState } from '@backstage-jit/plugin-jit-common';
import {
  EntitlementRecord,
  EntitlementView,
  EventDraft,
  LeaseRecord,
} from './records';
import { assertTransition } from './states';

/**
 * A copy of a view that a decision writes on, with the events that tell what it wrote. Pure: the ledger stores the result, or nothing.
 */
export class Draft {
  readonly entitlement: EntitlementRecord;
  readonly leases: LeaseRecord[];
  /** Never written on. */
  readonly otherParts: readonly LeaseRecord[];
  readonly events: EventDraft[] = [];
  readonly actor: string;

  constructor(view: EntitlementView, actor: string) {
    this.entitlement = { ...view.entitlement };
    this.leases = view.leases.map(lease => ({ ...lease }));
    this.otherParts = view.otherParts ?? [];
    this.actor = actor;
  }

  lease(id: string): LeaseRecord | undefined {
    return this.leases.find(lease => lease.id === id);
  }

  inState(...states: LeaseState[]): LeaseRecord[] {
    return this.leases.filter(lease => states.includes(lease.state));
  }

  /** Changes the state and writes the event of it. */
  move(
    lease: LeaseRecord,
    to: LeaseState,
    event: Partial<Pick<EventDraft, 'actor' | 'why' | 'data'>> &
      Pick<EventDraft, 'type'>,
  ): void {
    assertTransition(lease.state, to);
    this.events.push({
      leaseId: lease.id,
      actor: this.actor,
      ...event,
      from: lease.state,
      to,
    });
    lease.state = to;
    lease.attempts = 0;
    lease.retryAt = undefined;
    lease.note = undefined;
    lease.blockers = undefined;
  }

  /** Writes an event that changes no state. */
  note(
    lease: LeaseRecord,
    event: Partial<Pick<EventDraft, 'actor' | 'why' | 'data'>> &
      Pick<EventDraft, 'type'>,
  ): void {
    this.events.push({ leaseId: lease.id, actor: this.actor, ...event });
  }

  /** From `granting` or `active` to `revoking`. */
  beginRevoking(
    lease: LeaseRecord,
    options: { reason: EndReason; now: number; actor?: string; why?: string },
  ): void {
    this.move(lease, 'revoking', {
      type: `lease.${options.reason}`,
      ...(options.actor && { actor: options.actor }),
      ...(options.why && { why: options.why }),
    });
    lease.endReason = options.reason;
    lease.endedAt = options.now;
  }
}
