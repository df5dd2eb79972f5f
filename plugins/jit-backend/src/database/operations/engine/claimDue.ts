import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { isPostgres } from '../../dialect';
import { oneOf } from '../../conditions';
import { prepared } from '../../prepared';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { Claim } from './Claim';
import { isBundled } from './entitlementsOfBundles';
import { lookAhead, Outlook } from './lookAhead';

interface ConnectionRow {
  name: string;
  slots: number;
  paused: boolean | number;
}

interface ClaimedRow {
  id: string;
  connection: string;
  provider: string;
  bundled: boolean | number;
}

/**
 * Claims due entitlements, at most `limit` of them, shared out evenly among the connections that have any.
 *
 * The rows of these connections are locked meanwhile, so that their concurrency holds over all replicas. A connection that is paused lets
 * through only what needs no call, an expiry for example. What another replica is claiming at this moment is passed over.
 *
 * @returns `nextIn`: in how many milliseconds something is due, as it was before the claims; zero or less when it is due now, all of which may
 * wait for a slot
 */
export async function claimDue(
  ledger: Ledger,
  options: { limit: number; claimLifeMs: number },
): Promise<{ claims: Claim[] } & Pick<Outlook, 'nextIn'>> {
  const { limit, claimLifeMs } = options;
  const { due, nextIn } = await lookAhead(ledger);
  if (!due.length || limit <= 0) {
    return { claims: [], nextIn };
  }
  const claims = await inTransaction(ledger, async tx => {
    const connections = await lockConnections(tx, due);
    const taken: Claim[] = [];
    let waiting = connections.length;
    for (const connection of connections) {
      const share = Math.ceil((limit - taken.length) / waiting);
      waiting -= 1;
      if (share > 0) {
        taken.push(
          ...(await claimOf(tx, connection, { limit: share, claimLifeMs })),
        );
      }
    }
    return taken;
  });
  return { claims, nextIn };
}

async function lockConnections(
  { knex, clock }: Ledger,
  names: string[],
): Promise<ConnectionRow[]> {
  return await prepared<ConnectionRow>(
    knex,
    knex(TABLES.connections)
      .select('name', 'slots', {
        paused: knex.raw('paused_until > ?', [clock.sql(knex)]),
      })
      .where(oneOf(knex, 'name', names))
      .orderBy('name')
      .modify(query => isPostgres(knex) && query.forUpdate()),
  );
}

/** Those of one connection: of a paused one what needs no call, of another what there are slots for. Its row is locked meanwhile. */
async function claimOf(
  ledger: Ledger,
  connection: ConnectionRow,
  options: { limit: number; claimLifeMs: number },
): Promise<Claim[]> {
  const { knex } = ledger;
  const now = instantOf(ledger);
  const token = randomUUID();
  const due = connection.paused ? 'turn_at' : 'next_at';
  const free = connection.paused
    ? knex.raw('?', [options.limit])
    : // What is free is counted here, under the connection's lock: a statement sees what was committed when it began.
      knex.raw(
        `(select case when taken >= ? then 0 when ? - taken < ? then ? - taken else ? end
          from (select count(*) as taken from ?? where connection = ? and claim_token is not null and claim_until > ?) as busy)`,
        [
          ...[connection.slots, connection.slots, options.limit],
          ...[connection.slots, options.limit],
          ...[TABLES.entitlements, connection.name, now],
        ],
      );
  const oneOfThese = (ids: string) =>
    isPostgres(knex)
      ? // As an array, of which a planner takes it that there are few, however many the limit might be.
        `id = any(array(${ids} for update skip locked))`
      : `id in (${ids})`;
  const rows = await prepared<ClaimedRow>(
    knex,
    knex.raw(
      `update ?? set claim_token = ?, claim_until = ? where ${oneOfThese(
        `select e.id from ?? as e
         where e.connection = ? and e.?? <= ?
           and (e.claim_until is null or e.claim_until <= ?)
         order by e.?? limit ?`,
      )}
       returning id, connection, provider, ?`,
      [
        ...[TABLES.entitlements, token, claimEnd(ledger, options.claimLifeMs)],
        ...[TABLES.entitlements, connection.name, due, now, now, due, free],
        isBundled(knex),
      ],
    ),
  );
  return rows.map(row => ({
    entitlementId: row.id,
    connection: row.connection,
    provider: row.provider,
    token,
    bundled: Boolean(row.bundled),
    ...(connection.paused && { withoutSlot: true }),
  }));
}

/** The time as one value for a whole statement: PostgreSQL asks a bare clock anew for each row, and so can look it up in no index. */
function instantOf({ knex, clock }: Ledger): Knex.Raw {
  return knex.raw('(select ?)', [clock.sql(knex)]);
}

/** When a claim taken or renewed now ends. */
export function claimEnd({ knex, clock }: Ledger, lifeMs: number): Knex.Raw {
  return knex.raw('? + ?', [clock.sql(knex), lifeMs]);
}
