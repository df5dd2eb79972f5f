import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { Claim } from './Claim';
import { isBundled } from './entitlementsOfBundles';

interface ConnectionRow {
  name: string;
  slots: number;
  paused: boolean | number;
}

/**
 * Claims due entitlements, at most `limit` of them, shared out evenly among the connections that have any.
 *
 * The rows of these connections are locked meanwhile, so that their concurrency holds over all replicas. A connection that is paused lets
 * through only what needs no call, an expiry for example. What another replica is claiming at this moment is passed over.
 *
 * @returns `due`: whether anything was due and free when it began; all of it may wait for a slot
 */
export async function claimDue(
  ledger: Ledger,
  options: { limit: number; claimLifeMs: number },
): Promise<{ claims: Claim[]; due: boolean }> {
  const { limit, claimLifeMs } = options;
  const busy = await connectionsWithDue(ledger);
  if (!busy.length || limit <= 0) {
    return { claims: [], due: busy.length > 0 };
  }
  const claims = await inTransaction(ledger, async tx => {
    const connections = await lockConnections(tx, busy);
    const taken: Claim[] = [];
    let waiting = connections.length;
    for (const connection of connections) {
      const share = Math.ceil((limit - taken.length) / waiting);
      waiting -= 1;
      const free = connection.paused
        ? share
        : Math.min(share, await freeSlots(tx, connection));
      if (free > 0) {
        taken.push(
          ...(await claimOf(tx, connection, { limit: free, claimLifeMs })),
        );
      }
    }
    return taken;
  });
  return { claims, due: true };
}

/** In an order that changes, so that the first share is not always the same connection's. */
async function connectionsWithDue(ledger: Ledger): Promise<string[]> {
  const { knex, clock } = ledger;
  const rows: Array<{ name: string }> = await knex({ c: TABLES.connections })
    .select({ name: 'c.name' })
    .whereExists(
      due(ledger, knex({ e: TABLES.entitlements }).select(knex.raw('1')))
        .whereRaw('e.connection = c.name')
        .where(builder =>
          builder
            .where('c.paused_until', '<=', clock.sql(knex))
            .orWhere('e.turn_at', '<=', clock.sql(knex)),
        ),
    );
  return rows.map(row => row.name);
}

async function lockConnections(
  { knex, clock }: Ledger,
  names: string[],
): Promise<ConnectionRow[]> {
  const query = knex(TABLES.connections)
    .select('name', 'slots', {
      paused: knex.raw('paused_until > ?', [clock.sql(knex)]),
    })
    .whereIn('name', names)
    .orderBy('name');
  return isPostgres(knex) ? await query.forUpdate() : await query;
}

async function freeSlots(
  { knex, clock }: Ledger,
  connection: ConnectionRow,
): Promise<number> {
  const [{ taken }] = await knex(TABLES.entitlements)
    .where('connection', connection.name)
    .where('claim_until', '>', clock.sql(knex))
    .count({ taken: '*' });
  return connection.slots - Number(taken);
}

async function claimOf(
  ledger: Ledger,
  connection: ConnectionRow,
  options: { limit: number; claimLifeMs: number },
): Promise<Claim[]> {
  const { knex, clock } = ledger;
  const dueColumn = connection.paused ? 'turn_at' : 'next_at';
  const candidates = unclaimed(
    ledger,
    knex({ e: TABLES.entitlements }).select('e.id'),
  )
    .where('e.connection', connection.name)
    .where(`e.${dueColumn}`, '<=', clock.sql(knex))
    .orderBy(`e.${dueColumn}`)
    .limit(options.limit);
  if (isPostgres(knex)) {
    candidates.forUpdate().skipLocked();
  }
  const token = randomUUID();
  const rows = await knex(TABLES.entitlements)
    .whereIn('id', candidates)
    .update({
      claim_token: token,
      claim_until: claimEnd(ledger, options.claimLifeMs),
    })
    .returning(['id', 'connection', 'provider', isBundled(knex)]);
  return rows.map(row => ({
    entitlementId: row.id,
    connection: row.connection,
    provider: row.provider,
    token,
    bundled: Boolean(row.bundled),
    ...(connection.paused && { withoutSlot: true }),
  }));
}

/** When a claim taken or renewed now ends. */
export function claimEnd({ knex, clock }: Ledger, lifeMs: number): Knex.Raw {
  return knex.raw('? + ?', [clock.sql(knex), lifeMs]);
}

function due(ledger: Ledger, query: Knex.QueryBuilder): Knex.QueryBuilder {
  const { knex, clock } = ledger;
  return unclaimed(ledger, query).where('e.next_at', '<=', clock.sql(knex));
}

function unclaimed(
  { knex, clock }: Ledger,
  query: Knex.QueryBuilder,
): Knex.QueryBuilder {
  return query.where(builder =>
    builder
      .whereNull('e.claim_until')
      .orWhere('e.claim_until', '<=', clock.sql(knex)),
  );
}
