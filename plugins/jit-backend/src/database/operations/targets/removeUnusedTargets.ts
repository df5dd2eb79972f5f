import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';

/** Removes targets that no lease is on any more, with who owns them. One that a request is being placed on at this moment stays. */
export async function removeUnusedTargets(ledger: Ledger): Promise<void> {
  await inTransaction(ledger, async ({ knex }) => {
    const unused = () =>
      knex(TABLES.targets).whereNotExists(
        knex({ l: TABLES.leases })
          .select(knex.raw('1'))
          .where('l.profile_id', knex.ref(`${TABLES.targets}.profile_id`))
          .where('l.entity_ref', knex.ref(`${TABLES.targets}.entity_ref`)),
      );
    const query = unused().select('profile_id', 'entity_ref');
    const keys: object[] = isPostgres(knex)
      ? await query.forUpdate().skipLocked()
      : await query;
    for (const key of keys) {
      // Asked anew, now that it is locked: a lease may have come meanwhile.
      if (await unused().where(key).delete()) {
        await knex(TABLES.targetOwners).where(key).delete();
      }
    }
  });
}
