import { LeaseState } from '@backstage-jit/plugin-jit-common';
import { Draft } from '../../../leases/Draft';
import { NEVER_GRANTED } from '../../../leases/states';
import { Orphan, orphanEntitlement } from '../../../reconcile/orphanLease';
import { fromRow, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { entitlementColumns, leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertEvents } from '../events/insertEvents';
import { insertNotices } from '../notices/insertNotices';

const RETURNS = {
  resurrected: {
    from: ['revoked'],
    why: 'It was seen again outside after its end',
  },
  orphaned: {
    from: NEVER_GRANTED,
    why: 'It was seen outside, and in this ledger was never granted',
  },
} satisfies Record<string, { from: readonly LeaseState[]; why: string }>;

/**
 * Sends a lease that has ended back to `revoking`, because its thing is seen outside. Does nothing when a lease holds that thing by now, or this
 * one is on its way already.
 *
 * @param options - `as`: whether it was seen to be gone, or never granted as far as this ledger knows
 */
export async function resurrectLease(
  ledger: Ledger,
  options: Orphan & { actor: string; as: 'resurrected' | 'orphaned' },
): Promise<boolean> {
  const { leaseId, actor, as } = options;
  const { from, why } = RETURNS[as];
  return await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const query = knex(TABLES.leases)
      .where({ id: leaseId })
      .whereIn('state', from);
    const row = await (isPostgres(knex) ? query.forUpdate() : query).first();
    if (!row) {
      return false;
    }
    const now = await clock.now(knex);
    const lease = fromRow(leaseColumns, row);
    const entitlement = orphanEntitlement(options, {
      id: lease.entitlementId,
      shared: lease.entitlementId !== lease.id,
    });
    const inserted = await knex(TABLES.entitlements)
      .insert({
        ...toRow(entitlementColumns, entitlement),
        next_at: now,
        turn_at: now,
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (!inserted.length) {
      return false;
    }
    const draft = new Draft({ entitlement, leases: [lease] }, actor);
    const [back] = draft.leases;
    draft.beginRevoking(back, {
      reason: as,
      now,
      why,
    });
    back.verifiedAt = undefined;
    back.verified = undefined;
    back.kept = undefined;
    back.nextActionAt = now;
    back.version += 1;
    await insertEvents(tx, chain.append(back, draft.events, now));
    await knex(TABLES.leases)
      .where({ id: leaseId })
      .update(toRow(leaseColumns, back));
    await insertNotices(tx, {
      changes: [{ lease: back, events: draft.events }],
      at: now,
    });
    return true;
  });
}
