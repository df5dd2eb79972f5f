import { KnownLease } from '../../../reconcile/compare';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

const CHUNK = 500;

/** Which of these leases the ledger knows, and whether each was seen to be gone. */
export async function readKnownLeases(
  { knex }: Ledger,
  ids: string[],
): Promise<KnownLease[]> {
  const known: KnownLease[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await knex(TABLES.leases)
      .whereIn('id', ids.slice(start, start + CHUNK))
      .select('id', 'state');
    known.push(
      ...rows.map(({ id, state }) => ({ id, revoked: state === 'revoked' })),
    );
  }
  return known;
}
