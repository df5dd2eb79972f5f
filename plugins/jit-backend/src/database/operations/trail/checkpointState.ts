import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

const KEY = 'checkpoint';

/** How far the auditor was told of the trail. */
export interface CheckpointState {
  /** Of the last checkpoint. */
  number: number;
  /** Up to when the auditor knows everything; undefined before the first time. */
  toldUntil?: Instant;
}

export async function readCheckpointState({
  knex,
}: Ledger): Promise<CheckpointState> {
  const row = await knex(TABLES.meta).where({ key: KEY }).first('value');
  return row ? JSON.parse(row.value) : { number: 0 };
}

export async function writeCheckpointState(
  { knex }: Ledger,
  state: CheckpointState,
): Promise<void> {
  await knex(TABLES.meta)
    .insert({ key: KEY, value: JSON.stringify(state) })
    .onConflict('key')
    .merge();
}
