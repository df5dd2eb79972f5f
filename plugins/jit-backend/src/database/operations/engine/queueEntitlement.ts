import { EntitlementRecord, Instant } from '../../../leases/records';
import { toRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { entitlementColumns, TABLES } from '../../tables';

/**
 * Puts an entitlement into the due-queue. Two leases on one thing meet here: the second waits for the first's transaction and joins its
 * row. Must run in the caller's transaction.
 */
export async function queueEntitlement(
  { knex }: Ledger,
  options: { entitlement: EntitlementRecord; dueAt: Instant },
): Promise<void> {
  const { entitlement, dueAt } = options;
  await knex(TABLES.entitlements)
    .insert({
      ...toRow(entitlementColumns, entitlement),
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
}
