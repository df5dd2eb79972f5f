import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { TargetRecord } from './TargetRecord';

/**
 * Writes who owns targets. Several at once are written in one order by everybody, and nothing where it stands there already. Must run in the
 * transaction that writes their leases.
 *
 * @param options - `onlyKnown`: leaves out those that are not there any more
 */
export async function writeTargets(
  ledger: Ledger,
  targets: TargetRecord[],
  options?: { onlyKnown: boolean },
): Promise<void> {
  const byKey = new Map(
    targets.map(target => [
      JSON.stringify([target.profileId, target.entityRef]),
      target,
    ]),
  );
  for (const key of [...byKey.keys()].sort()) {
    await writeTarget(ledger, byKey.get(key)!, options?.onlyKnown ?? false);
  }
}

async function writeTarget(
  { knex }: Ledger,
  { profileId, entityRef, owners }: TargetRecord,
  onlyKnown: boolean,
): Promise<void> {
  const key = { profile_id: profileId, entity_ref: entityRef };
  const query = knex(TABLES.targets).where(key).first();
  // So that it is not taken for unused before the lease is there that is to be on it.
  const known = isPostgres(knex) ? await query.forKeyShare() : await query;
  if (!known && onlyKnown) {
    return;
  }
  if (!known) {
    await knex(TABLES.targets)
      .insert(key)
      .onConflict(['profile_id', 'entity_ref'])
      .ignore();
  }
  if (!owners) {
    return;
  }
  const before: string[] = await knex(TABLES.targetOwners)
    .where(key)
    .pluck('ref');
  const gone = before.filter(ref => !owners.includes(ref));
  const fresh = [...new Set(owners)].filter(ref => !before.includes(ref));
  if (gone.length) {
    await knex(TABLES.targetOwners).where(key).whereIn('ref', gone).delete();
  }
  if (fresh.length) {
    await knex(TABLES.targetOwners)
      .insert(fresh.sort().map(ref => ({ ...key, ref })))
      .onConflict(['profile_id', 'entity_ref', 'ref'])
      .ignore();
  }
}
