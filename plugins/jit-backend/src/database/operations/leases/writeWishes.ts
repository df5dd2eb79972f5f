import { Instant, LeaseRecord } from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { Wish } from '../../../leases/wishes';
import { fromRow, Row, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { inRacingTransaction, LostRace } from '../../inRacingTransaction';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { entitlementsOfBundles } from '../engine/entitlementsOfBundles';
import { insertEvents } from '../events/insertEvents';

export interface WriteWishesOptions {
  leaseIds: string[];
  /** Pure; sees each lease as it is under lock. Undefined leaves it alone; what it throws ends the whole write. */
  decide: (lease: LeaseRecord, now: Instant) => Wish | undefined;
  /** Written in the same transaction. */
  also?: (
    ledger: Ledger,
    result: { leases: LeaseRecord[]; now: Instant },
  ) => Promise<void>;
}

/**
 * Writes what people wish on leases, and makes the engine look at them. All of it or nothing.
 *
 * @returns the leases as they are then, wished about or not
 * @throws ConflictError when it lost against others again and again
 */
export async function writeWishes(
  ledger: Ledger,
  options: WriteWishesOptions,
): Promise<LeaseRecord[]> {
  return await inRacingTransaction(ledger, tx => writeWishesOnce(tx, options));
}

/**
 * The same as a part of a transaction.
 *
 * @throws LostRace when the whole transaction has to be tried again
 */
export async function writeWishesOnce(
  tx: Ledger,
  options: WriteWishesOptions,
): Promise<LeaseRecord[]> {
  const { knex, clock, chain } = tx;
  // The engine writes leases under their entitlement's lock. So do we: entitlements first, each in the order of the ids.
  const ofBundles = await entitlementsOfBundles(tx, options);
  await lockEntitlements(tx, options.leaseIds, ofBundles);
  const now = await clock.now(knex);
  const before = await lockLeases(tx, options.leaseIds);

  const leases: LeaseRecord[] = [];
  const changed: LeaseRecord[] = [];
  for (const lease of before) {
    const wish = options.decide(lease, now);
    if (!wish) {
      leases.push(lease);
      continue;
    }
    const written = { ...wish.lease, version: lease.version + 1 };
    const events = chain.append(
      written,
      [...(wish.ledBy ?? []), wish.event],
      now,
    );
    const update = knex(TABLES.leases)
      .where({ id: lease.id, version: lease.version })
      .update(toRow(leaseColumns, written));
    if (wish.beforeExpiry) {
      update.where('expires_at', '>', clock.sql(knex));
    }
    if ((await update) < 1) {
      throw new LostRace();
    }
    await insertEvents(tx, events);
    changed.push(written);
    leases.push(written);
  }
  const unfinished = changed.filter(lease => isUnfinished(lease.state));
  if (unfinished.length) {
    // What is wished on a part of a bundle concerns all of them.
    await knex(TABLES.entitlements)
      .whereIn('id', [
        ...unfinished.map(lease => lease.entitlementId),
        ...ofBundles,
      ])
      .update({ next_at: now, turn_at: now });
  }
  await options.also?.(tx, { leases, now });
  return leases;
}

async function lockEntitlements(
  { knex }: Ledger,
  leaseIds: string[],
  ofBundles: string[],
): Promise<void> {
  if (isPostgres(knex)) {
    const own = await knex(TABLES.leases)
      .distinct({ id: 'entitlement_id' })
      .whereIn('id', leaseIds);
    await knex(TABLES.entitlements)
      .select('id')
      .whereIn('id', [...own.map(row => row.id), ...ofBundles])
      .orderBy('id')
      .forUpdate();
  }
}

async function lockLeases(
  { knex }: Ledger,
  leaseIds: string[],
): Promise<LeaseRecord[]> {
  const query = knex(TABLES.leases).whereIn('id', leaseIds).orderBy('id');
  const rows: Row[] = isPostgres(knex) ? await query.forUpdate() : await query;
  return rows.map(row => fromRow(leaseColumns, row));
}
