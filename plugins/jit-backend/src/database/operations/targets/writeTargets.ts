import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { TargetRecord } from './TargetRecord';

/** Writes who owns targets. Several at once are written in one order by everybody, and nothing where it stands there already. */
export async function writeTargets(
  ledger: Ledger,
  targets: TargetRecord[],
): Promise<void> {
  const byKey = new Map(
    targets.map(target => [
      JSON.stringify([target.profileId, target.entityRef]),
      target,
    ]),
  );
  for (const key of [...byKey.keys()].sort()) {
    await writeTarget(ledger, byKey.get(key)!);
  }
}

async function writeTarget(
  { knex }: Ledger,
  { profileId, entityRef, owners }: TargetRecord,
): Promise<void> {
  const key = { profile_id: profileId, entity_ref: entityRef };
  const known = await knex(TABLES.targets).where(key).first();
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
