import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { fromRow } from '../../columns';
import { oneOf } from '../../conditions';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { prepared } from '../../prepared';
import { queuedColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import { isBundled } from './entitlementsOfBundles';
import { lookAhead, Outlook } from './lookAhead';
import { Pen } from './Pen';
import { takeTurn } from './takeTurn';
import { Turn, TurnResult } from './Turn';
import {
  byId,
  ConnectionRow,
  LockedRow,
  lockLeases,
  QUEUED,
} from './underLock';

/** So many are claimed at once at the most: what is begun with them waits for one commit. */
const MAXIMUM = 128;

/** Of a connection that is paused so many: it has all the time, and they must not hold up the others, which share the transaction. */
const MAXIMUM_PAUSED = 16;

interface LockedConnection extends ConnectionRow {
  name: string;
  paused: boolean | number;
}

type DueRow = LockedRow & { bundled: boolean | number };

/** What was claimed, and how the turns went that were begun with it. */
interface Claimed {
  claims: Claim[];
  begun: Map<Claim, TurnResult>;
}

/**
 * Claims due entitlements, at most `limit` of them, shared out evenly among the connections that have any.
 *
 * The rows of these connections are locked meanwhile, so that their concurrency holds over all replicas. A connection that is paused lets
 * through only what needs no call, an expiry for example. What another replica is claiming at this moment is passed over.
 *
 * @param options - `begin`: the first turn of a claim, to be taken in the very transaction that makes the claim; undefined leaves it at the claim
 * @returns `begun`: the turns that were taken. `nextIn`: in how many milliseconds something is due, as it was before the claims; zero or less when
 * it is due now, all of which may wait for a slot
 */
export async function claimDue(
  ledger: Ledger,
  options: {
    limit: number;
    claimLifeMs: number;
    begin?: (claim: Claim) => Turn | undefined;
  },
): Promise<Claimed & Pick<Outlook, 'nextIn'>> {
  const limit = Math.min(options.limit, MAXIMUM);
  const { due, nextIn } = await lookAhead(ledger);
  if (!due.length || limit <= 0) {
    return { claims: [], begun: new Map(), nextIn };
  }
  const claimed = await inTransaction(ledger, async tx => {
    const connections = await lockConnections(tx, due);
    const rows: Array<{ row: DueRow; claim: Claim }> = [];
    let waiting = connections.length;
    for (const connection of connections) {
      const share = Math.min(
        Math.ceil((limit - rows.length) / waiting),
        connection.paused ? MAXIMUM_PAUSED : MAXIMUM,
      );
      waiting -= 1;
      if (share > 0) {
        const ofConnection = await lockDue(tx, connection, share);
        rows.push(
          ...ofConnection.map(row => ({
            row,
            claim: toClaim(row, connection),
          })),
        );
      }
    }
    return await writeClaims(tx, rows, options);
  });
  return { ...claimed, nextIn };
}

async function lockConnections(
  { knex, clock }: Ledger,
  names: string[],
): Promise<LockedConnection[]> {
  return await prepared<LockedConnection>(
    knex,
    knex(TABLES.connections)
      .select('name', 'slots', 'concurrency', 'failures', 'paused_until', {
        paused: knex.raw('paused_until > ?', [clock.sql(knex)]),
      })
      .where(oneOf(knex, 'name', names))
      .orderBy('name')
      .modify(query => isPostgres(knex) && query.forUpdate()),
  );
}

/** Locks what is due of one connection: of a paused one what needs no call, of another what there are slots for. Its row is locked meanwhile. */
async function lockDue(
  ledger: Ledger,
  connection: LockedConnection,
  limit: number,
): Promise<DueRow[]> {
  const { knex } = ledger;
  const { name, slots, paused } = connection;
  const now = instantOf(ledger);
  const due = paused ? 'e.turn_at' : 'e.next_at';
  const free = paused
    ? knex.raw('?', [limit])
    : // What is free is counted here, under the connection's lock: a statement sees what was committed when it began.
      knex.raw(
        `(select case when taken >= ? then 0 when ? - taken < ? then ? - taken else ? end
          from (select count(*) as taken from ?? where connection = ? and claim_token is not null and claim_until > ?) as busy)`,
        [
          ...[slots, slots, limit, slots, limit],
          ...[TABLES.entitlements, name, now],
        ],
      );
  const rows = await prepared<DueRow>(
    knex,
    knex.raw(
      `select ${QUEUED.map(() => '??').join(', ')}, ? from ?? as e
       where e.connection = ? and ?? <= ? and (e.claim_until is null or e.claim_until <= ?)
       order by ?? limit ? ${
         isPostgres(knex) ? 'for update of e skip locked' : ''
       }`,
      [
        ...QUEUED,
        ...[isBundled(knex, 'e'), TABLES.entitlements],
        ...[name, due, now, now, due, free],
      ],
    ),
  );
  return rows.map(row => ({ ...row, ...connectionOf(connection) }));
}

function connectionOf({
  slots,
  concurrency,
  failures,
  paused_until,
}: LockedConnection): ConnectionRow {
  return { slots, concurrency, failures, paused_until };
}

function toClaim(
  { id, connection, provider, bundled }: DueRow,
  { paused }: LockedConnection,
): Claim {
  return {
    entitlementId: String(id),
    connection: String(connection),
    provider: String(provider),
    token: randomUUID(),
    bundled: Boolean(bundled),
    ...(paused && { withoutSlot: true }),
  };
}

/** Writes the claims, and with them what their first turns decide. */
async function writeClaims(
  tx: Ledger,
  rows: Array<{ row: DueRow; claim: Claim }>,
  { claimLifeMs, begin }: Parameters<typeof claimDue>[1],
): Promise<Claimed> {
  const begun = new Map<Claim, TurnResult>();
  if (rows.length) {
    const turns = new Map<Claim, Turn>();
    for (const { claim } of rows) {
      // A part of a bundle needs the locks of the others, which were not taken.
      const turn = claim.bundled ? undefined : begin?.(claim);
      if (turn) {
        turns.set(claim, turn);
      }
    }
    const { leases, now } = await lockLeases(
      tx,
      [...turns.keys()].map(claim => claim.entitlementId),
    );
    const bundles = await Bundles.read(tx, [...leases.values()].flat());
    const pen = new Pen(tx, { bundles, now, claimLifeMs });
    const locked = byId(rows.map(({ row }) => row));
    for (const { row, claim } of rows) {
      const turn = turns.get(claim);
      const result =
        turn && takeTurn(turn, row, { locked, leases, bundles, now, pen });
      if (result && result.type !== 'claim-lost') {
        begun.set(claim, result);
      }
      if (result?.type !== 'written') {
        pen.hold(claim, fromRow(queuedColumns, row));
      }
    }
    await pen.flush();
  }
  return { claims: rows.map(({ claim }) => claim), begun };
}

/** The time as one value for a whole statement: PostgreSQL asks a bare clock anew for each row, and so can look it up in no index. */
function instantOf({ knex, clock }: Ledger): Knex.Raw {
  return knex.raw('(select ?)', [clock.sql(knex)]);
}

/** When a claim taken or renewed now ends. */
export function claimEnd({ knex, clock }: Ledger, lifeMs: number): Knex.Raw {
  return knex.raw('? + ?', [clock.sql(knex), lifeMs]);
}
