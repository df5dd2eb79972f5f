import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { listLeasesOfOrigin } from './listLeasesOfOrigin';
import { OpenOrigin } from './listOpenOrigins';

/**
 * Remembers on the leases that were made for something since when nobody can tell what became of it and when operators were told, or forgets
 * it. A statement for each, so that none waits for one lease while it holds another.
 */
export async function markOrigin(
  ledger: Ledger,
  origin: OpenOrigin,
): Promise<void> {
  for (const id of await listLeasesOfOrigin(ledger, origin)) {
    await ledger
      .knex(TABLES.leases)
      .where({ id })
      .update({
        origin_unknown_since: origin.unknownSince ?? null,
        origin_told_at: origin.toldAt ?? null,
      });
  }
}
