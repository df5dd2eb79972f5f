import { ConnectionSignal } from '../../../leases/advance';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * Tells all replicas how a connection does: a failure opens its breaker, so that one probe at a time is let through; each success after that
 * doubles what is, up to its concurrency.
 */
export async function signalConnection(
  { knex, clock }: Ledger,
  options: {
    connection: string;
    signal: ConnectionSignal;
    probeEveryMs: number;
    /** Our own words. */
    message?: string;
  },
): Promise<void> {
  const { connection, signal, probeEveryMs, message } = options;
  const row = knex(TABLES.connections).where('name', connection);
  switch (signal.type) {
    case 'failed':
      await row.update({
        slots: 1,
        failures: knex.raw('failures + 1'),
        paused_until: knex.raw('? + ?', [clock.sql(knex), probeEveryMs]),
        failing_since: knex.raw('coalesce(failing_since, ?)', [
          clock.sql(knex),
        ]),
        last_error: message ?? null,
      });
      break;
    case 'paused':
      await row
        .where('paused_until', '<', signal.until)
        .update({ paused_until: signal.until, last_error: message ?? null });
      break;
    default:
      await row.update({
        slots: knex.raw(
          'case when slots * 2 < concurrency then slots * 2 else concurrency end',
        ),
        failures: 0,
        failing_since: null,
        last_error: null,
      });
  }
}
