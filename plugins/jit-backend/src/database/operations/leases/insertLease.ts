import {
  EntitlementRecord,
  EventDraft,
  LeaseRecord,
} from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { toRow } from '../../columns';
import { leaseColumns, TABLES } from '../../tables';
import { queueEntitlement } from '../engine/queueEntitlement';
import { insertEvents } from '../events/insertEvents';

/**
 * Writes a new lease with its first events, and puts its entitlement into the due-queue. Must run in the caller's transaction.
 *
 * A lease that waits for a decision has no entitlement in the queue: nothing is due for it.
 */
export async function insertLease(
  ledger: Ledger,
  options: {
    lease: LeaseRecord;
    entitlement: EntitlementRecord;
    events: EventDraft[];
  },
): Promise<void> {
  const { knex, clock, chain } = ledger;
  const lease = { ...options.lease };
  const events = chain.append(lease, options.events, lease.requestedAt);

  if (lease.state === 'approved') {
    const dueAt = lease.startsAt;
    await queueEntitlement(ledger, { entitlement: options.entitlement, dueAt });
    lease.nextActionAt = dueAt;
  }
  await knex(TABLES.leases).insert(toRow(leaseColumns, lease));
  await insertEvents({ knex, clock, chain }, events);
}
