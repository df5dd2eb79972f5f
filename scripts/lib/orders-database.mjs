import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { CHECKOUT } from './checkout.mjs';

/** Written with the rows, in one transaction: a start that was cut off leaves either nothing or all. */
const COMPLETE = 'Example data';

/**
 * Makes the database `orders` with its rows and roles, and `orders_template` that leases copy, where they are not there; and sets the password of the
 * portal's role.
 */
export async function ensureOrdersDatabase({ port, superuser, admin }) {
  const server = { port, password: superuser };
  await ensureDatabase(server, {
    name: 'orders',
    files: ['schema.sql', 'rows.sql', 'roles.sql'],
  });
  await ensureDatabase(server, {
    name: 'orders_template',
    files: ['template.sql', 'schema.sql', 'rows.sql'],
    // A session in it would be in the way of every copy.
    settings: 'IS_TEMPLATE true ALLOW_CONNECTIONS false',
  });
  await withClient(server, client =>
    client.query(
      `ALTER ROLE jit_admin PASSWORD ${client.escapeLiteral(admin)}`,
    ),
  );
}

async function ensureDatabase(server, { name, files, settings }) {
  const comment = await withClient(server, async client => {
    const { rows } = await client.query(
      "SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1",
      [name],
    );
    if (rows.length === 0) {
      await client.query(`CREATE DATABASE ${name}`);
    }
    return rows[0]?.comment;
  });
  if (comment !== COMPLETE) {
    await withClient({ ...server, database: name }, client =>
      fill(client, { name, files }),
    );
  }
  if (settings) {
    await withClient(server, client =>
      client.query(`ALTER DATABASE ${name} ${settings}`),
    );
  }
}

async function fill(client, { name, files }) {
  await client.query('BEGIN');
  for (const file of files) {
    const path = join(CHECKOUT, 'examples', 'orders-db', file);
    await client.query(readFileSync(path, 'utf8'));
  }
  await client.query('RESET ROLE');
  await client.query(
    `COMMENT ON DATABASE ${name} IS ${client.escapeLiteral(COMPLETE)}`,
  );
  await client.query('COMMIT');
}

async function withClient({ port, password, database = 'postgres' }, work) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
