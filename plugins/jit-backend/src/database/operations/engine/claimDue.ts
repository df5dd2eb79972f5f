import { randomUUID } from 'node:crypto';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { queuedColumns } from '../../tables';
import { inTransaction } from '../../transaction';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import { DueRow, LockedConnection, lockConnections, lockDue } from './lockDue';
import { lookAhead, Outlook } from './lookAhead';
import { Pen } from './Pen';
import { takeTurn } from './takeTurn';
import { Turn, TurnResult } from './Turn';
import { byId, lockLeases } from './underLock';

/** So many are claimed at once at the most: what is begun with them waits for one commit. */
const MAXIMUM = 128;

/** Of a connection that is paused so many: it has all the time, and they must not hold up the others, which share the transaction. */
const MAXIMUM_PAUSED = 16;

interface ClaimOptions<T extends Turn> {
  /** How many entitlements at the most. */
  limit: number;
  /** Claims that have given their slots on. */
  slotGivenOn?: readonly Claim[];
  claimLifeMs: number;
  /** The first turn of a claim, to be taken in the very transaction that makes the claim; undefined leaves it at the claim. */
  begin?(claim: Claim): T | undefined;
}

/** What is locked, and to be claimed. */
interface Fresh {
  row: DueRow;
  claim: Claim;
}

/** A claim, and its first turn with what came of it where that was taken in the transaction which made the claim. */
export interface Claimed<T extends Turn> {
  claim: Claim;
  begun?: { turn: T; result: TurnResult };
}

/**
 * Claims due entitlements, at most `limit` of them, shared out evenly among the connections that have any.
 *
 * The rows of these connections are locked meanwhile, so that their concurrency holds over all replicas. A connection that is paused lets
 * through only what needs no call, an expiry for example. What another replica is claiming at this moment is passed over.
 *
 * @returns `nextIn`: in how many milliseconds something is due, as it was before the claims; zero or less when it is due now, all of which may wait
 * for a slot
 */
export async function claimDue<T extends Turn>(
  ledger: Ledger,
  options: ClaimOptions<T>,
): Promise<{ claimed: Array<Claimed<T>> } & Pick<Outlook, 'nextIn'>> {
  const { slotGivenOn = [] } = options;
  const limit = Math.min(options.limit, MAXIMUM);
  const { due, nextIn } = await lookAhead(ledger);
  if (!due.length || limit <= 0) {
    return { claimed: [], nextIn };
  }
  const claimed = await inTransaction(ledger, async tx => {
    const connections = await lockConnections(tx, due);
    const fresh: Fresh[] = [];
    let waiting = connections.length;
    for (const connection of connections) {
      const share = Math.min(
        Math.ceil((limit - fresh.length) / waiting),
        connection.paused ? MAXIMUM_PAUSED : MAXIMUM,
      );
      waiting -= 1;
      if (share > 0) {
        const rows = await lockDue(tx, connection, {
          limit: share,
          slotGivenOn,
        });
        fresh.push(
          ...rows.map(row => ({ row, claim: toClaim(row, connection) })),
        );
      }
    }
    return fresh.length ? await writeClaims(tx, fresh, options) : [];
  });
  return { claimed, nextIn };
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
    ...(paused && { whilePaused: true }),
  };
}

/** Writes the claims, and with them what their first turns decide. */
async function writeClaims<T extends Turn>(
  tx: Ledger,
  fresh: Fresh[],
  { claimLifeMs, begin }: ClaimOptions<T>,
): Promise<Array<Claimed<T>>> {
  const all = fresh.map(({ row, claim }) => ({
    row,
    claim,
    // A part of a bundle needs the locks of the others, which were not taken.
    turn: claim.bundled ? undefined : begin?.(claim),
  }));
  const { leases, now } = await lockLeases(
    tx,
    all.flatMap(({ claim, turn }) => (turn ? [claim.entitlementId] : [])),
  );
  const bundles = await Bundles.read(tx, [...leases.values()].flat());
  const pen = new Pen(tx, { bundles, now, claimLifeMs });
  const locked = byId(all.map(({ row }) => row));
  const claimed = all.map(({ row, claim, turn }): Claimed<T> => {
    const result =
      turn && takeTurn(turn, row, { locked, leases, bundles, now, pen });
    if (result?.type !== 'written') {
      pen.hold(claim, fromRow(queuedColumns, row));
    }
    return turn && result && result.type !== 'claim-lost'
      ? { claim, begun: { turn, result } }
      : { claim };
  });
  await pen.flush();
  return claimed;
}
