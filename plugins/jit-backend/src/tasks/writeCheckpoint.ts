import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Ledger } from '../database/Ledger';
import {
  CheckpointState,
  readCheckpointState,
  writeCheckpointState,
} from '../database/operations/trail/checkpointState';
import { readChangedHeads } from '../database/operations/trail/readChangedHeads';
import {
  forgetRemoved,
  listRemoved,
} from '../database/operations/trail/removedLeases';

export const CHECKPOINT_EVENT = {
  eventId: 'jit-checkpoint',
  severityLevel: 'medium',
} as const;

/**
 * An event is told by its time, and is there only after its commit: what was written in this long before the last checkpoint is told again.
 * Also longer than a checkpoint is away after the database's clock was put back.
 */
const OVERLAP_MS = 10 * 60_000;

const REMOVED_AT_ONCE = 40;

/**
 * Tells the auditor, whose log is outside the ledger, the last event of each lease that has changed since the last time, and which leases were
 * removed because their time is over. Against that shows what the chains alone do not: a history cut off at its end, a lease removed with all of
 * it, a chain computed anew. Costs as much as there is news. The checkpoints are numbered, so that one which was lost shows too.
 */
export async function writeCheckpoint(options: {
  ledger: Ledger;
  auditor: AuditorService;
  signal?: AbortSignal;
}): Promise<void> {
  const { ledger, auditor, signal } = options;
  const now = await ledger.clock.now(ledger.knex);
  const at = new Date(now).toISOString();
  let state: CheckpointState = await readCheckpointState(ledger);
  const before = state.number;
  const tell = async (content: JsonObject) => {
    signal?.throwIfAborted();
    const number = state.number + 1;
    const event = await auditor.createEvent(CHECKPOINT_EVENT);
    await event.success({ meta: { number, at, ...content } });
    state = { ...state, number };
    await writeCheckpointState(ledger, state);
  };

  const { toldUntil } = state;
  const since =
    toldUntil === undefined ? undefined : Math.min(toldUntil, now) - OVERLAP_MS;
  for await (const heads of readChangedHeads(ledger, { since })) {
    await tell({ heads });
  }
  for (;;) {
    const removed = await listRemoved(ledger, { limit: REMOVED_AT_ONCE });
    if (!removed.length) {
      break;
    }
    await tell({ removed: removed.map(event => ({ ...event })) });
    await forgetRemoved(
      ledger,
      removed.map(event => event.leaseId),
    );
  }
  if (state.number === before) {
    await tell({ heads: [] });
  }
  await writeCheckpointState(ledger, { ...state, toldUntil: now });
}
