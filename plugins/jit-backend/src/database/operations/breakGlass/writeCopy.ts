import { BreakGlassCopy } from '../../../policy';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Keeps what the catalog says now, in place of what it said before. */
export async function writeCopy(
  { knex }: Ledger,
  { takenAt, ...content }: BreakGlassCopy,
): Promise<void> {
  await knex(TABLES.breakGlassCopy)
    .insert({
      id: 1,
      content: JSON.stringify(content),
      taken_at: takenAt,
    })
    .onConflict('id')
    .merge()
    // Another replica may have asked later, and been faster.
    .where(`${TABLES.breakGlassCopy}.taken_at`, '<', takenAt);
}
