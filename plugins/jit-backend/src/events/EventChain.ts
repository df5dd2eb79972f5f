import { createHmac, timingSafeEqual } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { EventKey } from '../config/JitConfig';
import { Instant, LeaseRecord } from '../leases/records';
import { EventLine, LeaseEventRecord } from './LeaseEventRecord';

/** What is wrong with a history. */
export type ChainFault =
  | { type: 'gap'; sequence: number }
  | { type: 'edited'; sequence: number }
  | { type: 'unknown-key'; sequence: number; keyId: string }
  | { type: 'tail-removed'; sequence: number }
  | { type: 'head-differs'; sequence: number };

/**
 * Signs each event over the one before it, so that a history cannot be edited, reordered or shortened in the middle by somebody who has the
 * database but not the key. What is cut off at the end shows against the lease's own head, and against the checkpoints kept elsewhere.
 */
export class EventChain {
  private readonly keys: EventKey[];

  /** @param keys - the first signs; all verify, so that a key can be rotated by putting a new one in front */
  constructor(keys: EventKey[]) {
    if (!keys.length) {
      throw new Error('At least one key is needed to sign events');
    }
    this.keys = keys;
  }

  /** Appends to the history of a lease: the events with their places, and the lease's new head written on the record. */
  append(
    lease: LeaseRecord,
    drafts: EventLine[],
    at: Instant,
  ): LeaseEventRecord[] {
    const [key] = this.keys;
    return drafts.map(draft => {
      const unsigned = {
        ...draft,
        sequence: lease.eventSequence + 1,
        at,
        keyId: key.id,
      };
      const hmac = sign(key, unsigned, lease.eventHead);
      lease.eventSequence = unsigned.sequence;
      lease.eventHead = hmac;
      return { ...unsigned, hmac };
    });
  }

  /**
   * Checks a whole history against the head that its lease keeps.
   *
   * @param events - in order of their sequence
   */
  verify(
    events: LeaseEventRecord[],
    head: Pick<LeaseRecord, 'eventSequence' | 'eventHead'>,
  ): ChainFault | undefined {
    let previous = '';
    let expected = 1;
    for (const event of events) {
      const { sequence, keyId, hmac } = event;
      if (sequence !== expected) {
        return { type: 'gap', sequence: expected };
      }
      const key = this.keys.find(each => each.id === keyId);
      if (!key) {
        return { type: 'unknown-key', sequence, keyId };
      }
      const { hmac: _, ...unsigned } = event;
      if (!same(hmac, sign(key, unsigned, previous))) {
        return { type: 'edited', sequence };
      }
      previous = hmac;
      expected += 1;
    }
    if (events.length < head.eventSequence) {
      return { type: 'tail-removed', sequence: events.length + 1 };
    }
    return same(previous, head.eventHead)
      ? undefined
      : { type: 'head-differs', sequence: events.length };
  }
}

function sign(
  key: EventKey,
  event: Omit<LeaseEventRecord, 'hmac'>,
  previous: string,
): string {
  return createHmac('sha256', key.secret)
    .update(stringify({ ...event, previous }) ?? '')
    .digest('hex');
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
