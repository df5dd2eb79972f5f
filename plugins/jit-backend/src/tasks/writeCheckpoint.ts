import { AuditorService } from '@backstage/backend-plugin-api';
import { Ledger } from '../database/Ledger';
import { readHeads } from '../database/operations/events/readHeads';

/**
 * Hands what the whole trail looks like to the auditor, whose log is outside the ledger: a history cut off at its end, a lease removed with all
 * of its history, or a chain computed anew shows against it.
 */
export async function writeCheckpoint(options: {
  ledger: Ledger;
  auditor: AuditorService;
}): Promise<void> {
  const event = await options.auditor.createEvent({
    eventId: 'jit-checkpoint',
    severityLevel: 'medium',
  });
  try {
    const { knex, clock } = options.ledger;
    const at = new Date(await clock.now(knex)).toISOString();
    await event.success({
      meta: { at, ...(await readHeads(options.ledger)) },
    });
  } catch (error) {
    await event.fail({ error: new Error('The trail could not be read') });
    throw error;
  }
}
