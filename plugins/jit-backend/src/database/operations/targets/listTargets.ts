import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Everything that has been leased on, by the profile that was leased. */
export async function listTargets({
  knex,
}: Ledger): Promise<Array<{ profileId: string; entityRef: string }>> {
  return await knex(TABLES.targets)
    .select('profile_id as profileId', 'entity_ref as entityRef')
    .orderBy(['profile_id', 'entity_ref']);
}
