import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * Writes that an active lease is in use now. When its people were warned that it is not, the engine is to take that back.
 *
 * @returns undefined when it is not active
 */
export async function reportUse(
  { knex, clock }: Ledger,
  { leaseId }: { leaseId: string },
): Promise<{ warned: boolean } | undefined> {
  const now = clock.sql(knex);
  // Two statements, not a transaction: whoever takes both locks takes the entitlement's first. Without the second the next look comes to the same.
  const [row] = await knex(TABLES.leases)
    .where({ id: leaseId, state: 'active' })
    .update({
      last_activity_at: knex.raw(
        'case when last_activity_at > ? then last_activity_at else ? end',
        [now, now],
      ),
    })
    .returning(['entitlement_id', 'idle_warned_at']);
  if (!row) {
    return undefined;
  }
  const warned = row.idle_warned_at !== null;
  if (warned) {
    await knex(TABLES.entitlements)
      .where({ id: row.entitlement_id })
      .update({ next_at: now, turn_at: now });
  }
  return { warned };
}
