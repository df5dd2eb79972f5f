import { TrailRow } from '../database/operations/events/exportRows';
import { csvLine } from '../events/csv';
import { LeaseEventRecord } from '../events/LeaseEventRecord';

const CSV_COLUMNS = [
  ...['at', 'leaseId', 'subject', 'profileId', 'entityRef', 'reason'],
  ...['sequence', 'type', 'actor', 'from', 'to', 'why', 'data'],
];

/** One event a line as it was signed. Only an export with the last line is whole. */
export async function* asJsonLines(
  pages: AsyncIterable<LeaseEventRecord[]>,
): AsyncGenerator<string> {
  let count = 0;
  for await (const page of pages) {
    count += page.length;
    yield page.map(event => `${JSON.stringify(event)}\n`).join('');
  }
  yield `${JSON.stringify({ end: { events: count } })}\n`;
}

/** One event a line, for a spreadsheet. */
export async function* asCsv(
  pages: AsyncIterable<TrailRow[]>,
): AsyncGenerator<string> {
  yield csvLine(CSV_COLUMNS);
  for await (const page of pages) {
    yield page.map(toLine).join('');
  }
}

function toLine(row: TrailRow): string {
  const { event, subject, profileId, entityRef, reason } = row;
  return csvLine([
    new Date(event.at).toISOString(),
    event.leaseId,
    subject,
    profileId,
    entityRef,
    reason ?? undefined,
    event.sequence,
    event.type,
    event.actor,
    event.from,
    event.to,
    event.why,
    event.data && JSON.stringify(event.data),
  ]);
}
