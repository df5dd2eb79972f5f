import {
  EntitlementRecord,
  EventDraft,
  LeaseRecord,
} from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { toRow } from '../../columns';
import { entitlementColumns, leaseColumns, TABLES } from '../../tables';
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
    // Two leases on one thing meet here: the second waits for the first's transaction and joins its row.
    await knex(TABLES.entitlements)
      .insert({
        ...toRow(entitlementColumns, options.entitlement),
        next_at: dueAt,
        turn_at: dueAt,
      })
      .onConflict('id')
      .merge({
        next_at: knex.raw(
          `case when ${TABLES.entitlements}.next_at < excluded.next_at then ${TABLES.entitlements}.next_at else excluded.next_at end`,
        ),
        turn_at: knex.raw(
          `case when ${TABLES.entitlements}.turn_at < excluded.turn_at then ${TABLES.entitlements}.turn_at else excluded.turn_at end`,
        ),
      });
    lease.nextActionAt = dueAt;
  }
  await knex(TABLES.leases).insert(toRow(leaseColumns, lease));
  await insertEvents({ knex, clock, chain }, events);
}
