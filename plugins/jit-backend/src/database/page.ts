import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { Instant } from '../leases/records';

/** A place in a list that goes from the newest to the oldest. */
export interface Position {
  at: Instant;
  id: string;
}

/** What a page of such a list starts after, and how long it is. */
export interface PageOptions {
  after?: Position;
  limit: number;
}

export interface RecordPage<TRecord> {
  items: TRecord[];
  /** Where the next page starts after; undefined at the end. */
  next?: Position;
}

/** The newest first; what is added meanwhile shifts nothing. One more row than fits tells whether there is a next page. */
export function pageOf(
  query: Knex.QueryBuilder,
  { after, limit }: PageOptions,
): Knex.QueryBuilder {
  if (after) {
    query.whereRaw('(requested_at, id) < (?, ?)', [after.at, after.id]);
  }
  return query
    .orderBy([
      { column: 'requested_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
}

export function toPage<TRecord extends { id: string; requestedAt: Instant }>(
  records: TRecord[],
  limit: number,
): RecordPage<TRecord> {
  const items = records.slice(0, limit);
  const last = items[items.length - 1];
  return records.length > limit
    ? { items, next: { at: last.requestedAt, id: last.id } }
    : { items };
}

export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.at, position.id])).toString(
    'base64url',
  );
}

/** @throws InputError for anything that `encodeCursor` did not make */
export function decodeCursor(cursor: string): Position {
  try {
    const [at, id, ...rest] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      Number.isSafeInteger(at) &&
      typeof id === 'string' &&
      /^[0-9a-f-]{36}$/.test(id) &&
      !rest.length
    ) {
      return { at, id };
    }
  } catch {
    // Falls through: what was wrong with it helps nobody.
  }
  throw new InputError('cursor is not one that a page before gave out');
}
