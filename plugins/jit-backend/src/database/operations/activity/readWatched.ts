import { Instant, LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { isInState } from '../../phases';
import { leaseColumns, TABLES } from '../../tables';

/** A connection and provider with active leases that end when they are not used. */
export interface WatchedConnection {
  connection: string;
  provider: string;
  /** True while the connection is still recovering: a success is worth telling. */
  recovering: boolean;
  leases: LeaseRecord[];
}

/** All connections whose use is of interest, but for those that are left alone at the moment. */
export async function readWatched({
  knex,
  clock,
}: Ledger): Promise<{ connections: WatchedConnection[]; now: Instant }> {
  const now = await clock.now(knex);
  const rows: Row[] = await knex({ l: TABLES.leases })
    .join({ c: TABLES.connections }, 'c.name', 'l.connection')
    .where(isInState(knex, ['active'], 'l'))
    .whereNotNull('l.idle_after_ms')
    .where('c.paused_until', '<=', now)
    .select('l.*', 'c.failures', 'c.slots', 'c.concurrency');
  const watched = new Map<string, WatchedConnection>();
  for (const row of rows) {
    const lease = fromRow(leaseColumns, row);
    const { connection, provider } = lease;
    const key = `${connection}\n${provider}`;
    const known = watched.get(key) ?? {
      connection,
      provider,
      recovering:
        Number(row.failures) > 0 || Number(row.slots) < Number(row.concurrency),
      leases: [],
    };
    known.leases.push(lease);
    watched.set(key, known);
  }
  return { connections: [...watched.values()], now };
}
