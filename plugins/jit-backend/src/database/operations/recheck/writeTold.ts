import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { noteOnLeases } from './noteOnLeases';

/**
 * Writes into the history of what went in without approval that everybody concerned was told, once no notice of it is left to be sent.
 *
 * @returns how many
 */
export async function writeTold(ledger: Ledger): Promise<number> {
  return await noteOnLeases(ledger, {
    which: (query, _at, { knex }) =>
      query
        .whereNotNull('untold_since')
        .whereNotExists(
          knex(TABLES.outbox)
            .select('id')
            .where(
              'break_glass_of',
              knex.ref('request_id').withSchema(TABLES.leases),
            ),
        ),
    note: () => ({
      changes: { untoldSince: undefined },
      event: {
        type: 'lease.told',
        why: 'Everybody whom its break-glass concerns was told',
      },
    }),
  });
}
