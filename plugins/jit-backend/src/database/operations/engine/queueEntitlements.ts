import { EntitlementRecord, Instant } from '../../../leases/records';
import { Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Ledger } from '../../Ledger';
import { queuedColumns, TABLES } from '../../tables';

/**
 * What puts entitlements into the due-queue, in the order that everybody keeps to. Two leases on one thing meet here: the second waits for the
 * first's transaction and joins its row.
 */
export function queueEntitlements(
  { knex }: Ledger,
  queued: Array<{ entitlement: EntitlementRecord; dueAt: Instant }>,
): Statement[] {
  const byId = new Map<string, (typeof queued)[number]>();
  for (const each of queued) {
    const { id } = each.entitlement;
    const known = byId.get(id);
    if (!known || each.dueAt < known.dueAt) {
      byId.set(id, each);
    }
  }
  const table = TABLES.entitlements;
  const sooner = (column: string) =>
    knex.raw(
      `case when ${table}.${column} < excluded.${column} then ${table}.${column} else excluded.${column} end`,
    );
  return bulkInsert(knex, {
    table,
    columns: queuedColumns,
    records: [...byId.keys()].sort().map(id => {
      const { entitlement, dueAt } = byId.get(id)!;
      return { ...entitlement, nextAt: dueAt, turnAt: dueAt };
    }),
    conflicts: {
      on: 'id',
      merge: { next_at: sooner('next_at'), turn_at: sooner('turn_at') },
    },
  });
}
