import pg from 'pg';

/**
 * Makes a history of ended leases out of one that was asked for, a long one each. On PostgreSQL.
 *
 * @param database - of the plugin: a connection string
 */
export async function fillHistory(database, { leases, eventsEach }) {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    await copyRows(client, 'jit_leases', {
      from: 'jit_leases',
      count: leases,
      values: {
        id: 'gen_random_uuid()::text',
        state: `'revoked'`,
        ended_at: 'one.requested_at',
        next_action_at: 'null',
      },
    });
    await copyRows(client, 'jit_events', {
      from: '(select e.*, l.id as of_lease from jit_leases l, (select * from jit_events limit 1) e)',
      count: eventsEach,
      values: {
        lease_id: 'one.of_lease',
        sequence: '1000 + n',
        at: 'one.at - (random() * 1e9)::bigint',
      },
    });
    // What autovacuum does within a minute.
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function copyRows(client, table, { from, count, values }) {
  // What the database makes of the others cannot be inserted.
  const { rows } = await client.query(
    `select column_name as name from information_schema.columns
     where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  const columns = rows.map(({ name }) => `"${name}"`);
  const given = rows.map(({ name }) => values[name] ?? `one."${name}"`);
  await client.query(
    `insert into ${table} (${columns}) select ${given}
     from ${from} as one, generate_series(1, ${count}) as n`,
  );
}
