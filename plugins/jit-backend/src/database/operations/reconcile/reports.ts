import { Instant } from '../../../leases/records';
import { Difference } from '../../../reconcile/compare';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';

/** What a pass over one connection and provider found, kept for the next and for operators. */
export interface ReconcileReport {
  connection: string;
  provider: string;
  at: Instant;
  differences: Difference[];
  /** What was found and left alone, in words. */
  held?: string;
  /** An operator has said that the next pass shall do what this one held back. */
  go?: boolean;
}

type Reports = Record<string, ReconcileReport>;

/** The last report of a connection and provider. */
export async function readReport(
  ledger: Ledger,
  options: { connection: string; provider: string },
): Promise<ReconcileReport | undefined> {
  const reports = await readReports(ledger, options.connection);
  return reports[options.provider];
}

/** The last reports of a connection, by provider. */
export async function readReports(
  { knex }: Ledger,
  connection: string,
): Promise<Reports> {
  const row = await knex(TABLES.connections)
    .where({ name: connection })
    .first('reconcile_report');
  return row?.reconcile_report ? JSON.parse(row.reconcile_report) : {};
}

/** Keeps a report in place of the one before. Those of other providers on the connection stay, also while they are being written. */
export async function writeReport(
  ledger: Ledger,
  report: ReconcileReport,
): Promise<void> {
  await inTransaction(ledger, async tx => {
    const { knex } = tx;
    const connection = knex(TABLES.connections).where({
      name: report.connection,
    });
    if (isPostgres(knex)) {
      await connection.clone().forUpdate().select('name');
    }
    const reports: Reports = {
      ...(await readReports(tx, report.connection)),
      [report.provider]: report,
    };
    await connection.update({
      reconcile_report: JSON.stringify(reports),
      reconcile_held: Object.values(reports).some(({ held }) => held),
      reconciled_at: report.at,
    });
  });
}

/**
 * Lets the next pass over a connection do what the last one held back.
 *
 * @returns false when nothing was held back there
 */
export async function allowHeld(
  ledger: Ledger,
  connection: string,
): Promise<boolean> {
  const reports = await readReports(ledger, connection);
  const held = Object.values(reports).filter(report => report.held);
  for (const report of held) {
    await writeReport(ledger, { ...report, go: true });
  }
  return held.length > 0;
}
