import { fromRow } from '../../database/columns';
import { Ledger } from '../../database/Ledger';
import {
  entitlementColumns,
  eventColumns,
  leaseColumns,
  TABLES,
} from '../../database/tables';
import { LeaseEventRecord } from '../../events/LeaseEventRecord';
import { EntitlementRecord, LeaseRecord } from '../../leases/records';

/** All that a test looks at in the ledger, as one instant has it. */
export interface LedgerState {
  now: number;
  leases: LeaseRecord[];
  entitlements: EntitlementRecord[];
  /** By lease, in order. */
  events: Map<string, LeaseEventRecord[]>;
}

export async function readLedger(ledger: Ledger): Promise<LedgerState> {
  return await ledger.knex.transaction(
    async tx => {
      const leases = await tx(TABLES.leases).orderBy('id');
      const entitlements = await tx(TABLES.entitlements).orderBy('id');
      const rows = await tx(TABLES.events).orderBy(['lease_id', 'sequence']);
      const events = new Map<string, LeaseEventRecord[]>();
      for (const row of rows) {
        const event = fromRow(eventColumns, row);
        const own = events.get(event.leaseId) ?? [];
        own.push(event);
        events.set(event.leaseId, own);
      }
      return {
        now: await ledger.clock.now(tx),
        leases: leases.map(row => fromRow(leaseColumns, row)),
        entitlements: entitlements.map(row => fromRow(entitlementColumns, row)),
        events,
      };
    },
    ledger.knex.client.config.client === 'pg'
      ? { isolationLevel: 'repeatable read' }
      : undefined,
  );
}

/** Empties the history, so that each episode is looked at by itself. Only when nothing is left to do. */
export async function forgetFinished({ knex }: Ledger): Promise<void> {
  for (const table of [TABLES.events, TABLES.leases, TABLES.requests]) {
    await knex(table).delete();
  }
}
