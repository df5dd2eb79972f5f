import { createHash } from 'node:crypto';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

const PAGE = 5_000;

/** What the whole trail comes down to at one time. */
export interface TrailHeads {
  leases: number;
  events: number;
  /** SHA-256, in hex, over the id, the number of events and the last HMAC of each lease in the order of the ids. */
  headsHash: string;
}

/** Reads the heads of all histories, page by page. */
export async function readHeads({ knex }: Ledger): Promise<TrailHeads> {
  const hash = createHash('sha256');
  let leases = 0;
  let events = 0;
  let after = '';
  for (;;) {
    const rows: Array<{ id: string; sequence: number; head: string }> =
      await knex(TABLES.leases)
        .select({ id: 'id', sequence: 'event_sequence', head: 'event_head' })
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE);
    for (const { id, sequence, head } of rows) {
      hash.update(`${id} ${sequence} ${head}\n`);
      leases += 1;
      events += sequence;
    }
    if (rows.length < PAGE) {
      return { leases, events, headsHash: hash.digest('hex') };
    }
    after = rows[rows.length - 1].id;
  }
}
