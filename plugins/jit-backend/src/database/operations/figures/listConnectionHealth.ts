import { ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { Knex } from 'knex';
import { StuckRules } from '../../../leases/stuck';
import { ConnectionLook } from '../../../tasks/lookAtConnections';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';
import { ReconcileReport } from '../reconcile/reports';
import { whereStuck } from '../leases/whereStuck';

interface ConnectionRow {
  name: string;
  type: string;
  paused_until: string | number;
  failing_since: string | number | null;
  last_error: string | null;
  reconcile_report: string | null;
  health: string | null;
}

/** How each connection does, by what all replicas wrote of it. One that is not in config any more is `missing` while leases need it. */
export async function listConnectionHealth(
  ledger: Ledger,
  options: { configured: string[]; rules: StuckRules },
): Promise<ConnectionHealth[]> {
  const { knex, clock } = ledger;
  const now = await clock.now(knex);
  const rows: ConnectionRow[] = await knex(TABLES.connections).orderBy('name');
  const leases = await countByConnection(
    knex(TABLES.leases).where(isUnfinishedRow(knex)),
  );
  const stuck = await countByConnection(
    whereStuck(ledger, knex(TABLES.leases), {
      stuck: true,
      rules: options.rules,
    }),
  );
  return rows.flatMap(row => {
    const configured = options.configured.includes(row.name);
    if (!configured && !leases.has(row.name)) {
      return [];
    }
    const pausedUntil = Number(row.paused_until);
    const paused = pausedUntil > now;
    const look: ConnectionLook | undefined = row.health
      ? JSON.parse(row.health)
      : undefined;
    const health: ConnectionHealth = {
      connection: row.name,
      type: row.type,
      state: stateOf({
        configured,
        failing: row.failing_since !== null,
        paused,
        look,
      }),
      leases: leases.get(row.name) ?? 0,
      stuck: stuck.get(row.name) ?? 0,
      ...messageOf(row, look),
      ...heldBack(row),
      ...(paused && { pausedUntil: new Date(pausedUntil).toISOString() }),
    };
    return health;
  });
}

/** What reconcile found and did not change, in words. */
function heldBack(row: ConnectionRow): Pick<ConnectionHealth, 'held'> {
  const reports: Record<string, ReconcileReport> = JSON.parse(
    row.reconcile_report ?? '{}',
  );
  const held = Object.values(reports).flatMap(report => report.held ?? []);
  return held.length ? { held: held.join('; ') } : {};
}

/** The failure that stands in the way now, else what the last look found. */
function messageOf(
  row: ConnectionRow,
  look: ConnectionLook | undefined,
): Pick<ConnectionHealth, 'message'> {
  const message = row.last_error ?? look?.message;
  return message ? { message } : {};
}

function stateOf(options: {
  look: ConnectionLook | undefined;
  configured: boolean;
  failing: boolean;
  paused: boolean;
}): ConnectionHealth['state'] {
  if (!options.configured) {
    return 'missing';
  }
  if (options.failing) {
    return 'down';
  }
  if (options.look?.state === 'repointed') {
    return 'repointed';
  }
  if (options.look?.state === 'unhealthy') {
    return 'unhealthy';
  }
  return options.paused ? 'paused' : 'ok';
}

async function countByConnection(
  leases: Knex.QueryBuilder,
): Promise<Map<string, number>> {
  const rows: Array<{ connection: string; count: string | number }> =
    await leases
      .select('connection')
      .count({ count: '*' })
      .groupBy('connection');
  return new Map(rows.map(row => [row.connection, Number(row.count)]));
}
