import {
  Orphan,
  orphanEntitlement,
  orphanLease,
} from '../../../reconcile/orphanLease';
import { toRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { entitlementColumns, leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertEvents } from '../events/insertEvents';

/**
 * Makes a lease, straight in `revoking`, for a thing that carries this ledger's mark and that the ledger does not know, so that it is taken back
 * like any other: with retries, verified, in the trail.
 */
export async function adoptUnknown(
  ledger: Ledger,
  options: { orphan: Orphan; actor: string },
): Promise<void> {
  const { orphan, actor } = options;
  const { leaseId } = orphan;
  await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const now = await clock.now(knex);
    // It knows the lease after all, by a write of this moment, or one that never got so far as to make the thing.
    if (await knex(TABLES.leases).where({ id: leaseId }).first('id')) {
      return;
    }
    const inserted = await knex(TABLES.entitlements)
      .insert({
        ...toRow(
          entitlementColumns,
          orphanEntitlement(orphan, { id: leaseId, shared: false }),
        ),
        next_at: now,
        turn_at: now,
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (!inserted.length) {
      return;
    }
    const lease = orphanLease(orphan, now);
    const events = chain.append(
      lease,
      [{ leaseId, type: 'lease.orphaned', actor, to: 'revoking' }],
      now,
    );
    await knex(TABLES.leases).insert(toRow(leaseColumns, lease));
    await insertEvents(tx, events);
  });
}
