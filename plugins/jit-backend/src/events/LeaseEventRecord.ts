import { EventDraft, Instant } from '../leases/records';

/** A line of a lease's history, of any release: another one may run beside this one. */
export interface EventLine extends Omit<EventDraft, 'type'> {
  type: string;
}

/** A line in its place in the chain. */
export interface LeaseEventRecord extends EventLine {
  /** Counts from 1, without gaps. */
  sequence: number;
  at: Instant;
  /** Which key signed it. */
  keyId: string;
  /** Over this event and the one before it, in hex. */
  hmac: string;
}
