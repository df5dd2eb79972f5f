import { randomUUID } from 'node:crypto';
import { fromRow, toRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { takeLocks } from '../locks/takeLocks';
import { stopColumns, StopRecord, StopScope } from './StopRecord';

/** Refuses new leases of a scope from now on. The same scope is stopped once: a second time finds the first one. */
export async function openStop(
  ledger: Ledger,
  options: { scope: StopScope; why: string; actor: string },
): Promise<StopRecord> {
  const { subject, profileId, connection, entityRef } = options.scope;
  return await inTransaction(ledger, async tx => {
    const { knex, clock } = tx;
    await takeLocks(tx, { names: [['stops']] });
    const scope = toRow(stopColumns, {
      subject,
      profileId,
      connection,
      entityRef,
    } as StopRecord);
    const known = knex(TABLES.stops).whereNull('lifted_at');
    for (const column of [
      'subject',
      'profile_id',
      'connection',
      'entity_ref',
    ]) {
      known.where(column, scope[column]);
    }
    const row = await known.first();
    if (row) {
      return fromRow(stopColumns, row);
    }
    const stop: StopRecord = {
      id: randomUUID(),
      subject,
      profileId,
      connection,
      entityRef,
      why: options.why,
      actor: options.actor,
      createdAt: await clock.now(knex),
    };
    await knex(TABLES.stops).insert(toRow(stopColumns, stop));
    return stop;
  });
}
