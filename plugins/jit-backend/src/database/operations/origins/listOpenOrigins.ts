import { OriginRef } from '@backstage-jit/plugin-jit-common';
import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';

/** Something that unfinished leases were made for, and of which it is not known what became of it. */
export interface OpenOrigin extends OriginRef {
  /** Since when nobody can tell. */
  unknownSince?: Instant;
  /** When the operators were told so. */
  toldAt?: Instant;
}

type OpenRow = OriginRef & Record<'unknownSince' | 'toldAt', Instant | null>;

export async function listOpenOrigins({ knex }: Ledger): Promise<OpenOrigin[]> {
  const rows: OpenRow[] = await knex(TABLES.leases)
    .whereNotNull('origin_type')
    .whereNull('origin_settled_at')
    .where(isUnfinishedRow(knex))
    .groupBy('origin_type', 'origin_id')
    .orderBy(['origin_type', 'origin_id'])
    .select({ type: 'origin_type', id: 'origin_id' })
    .min({ unknownSince: 'origin_unknown_since', toldAt: 'origin_told_at' });
  return rows.map(({ type, id, unknownSince, toldAt }) => ({
    type,
    id,
    ...(unknownSince !== null && { unknownSince: Number(unknownSince) }),
    ...(toldAt !== null && { toldAt: Number(toldAt) }),
  }));
}
