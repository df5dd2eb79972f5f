import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** The last words of leases whose removal no checkpoint has told of. */
export async function listRemoved(
  { knex }: Ledger,
  options: { limit: number },
): Promise<LeaseEventRecord[]> {
  const rows: Array<{ event: string }> = await knex(TABLES.removed)
    .select('event')
    .orderBy('lease_id')
    .limit(options.limit);
  return rows.map(({ event }) => JSON.parse(event));
}

/** Forgets what a checkpoint has told. */
export async function forgetRemoved(
  { knex }: Ledger,
  leaseIds: string[],
): Promise<void> {
  await knex(TABLES.removed).whereIn('lease_id', leaseIds).delete();
}
