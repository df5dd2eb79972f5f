import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { CHECKOUT } from './checkout.mjs';

/** Written with the rows, in one transaction: a start that was cut off leaves either nothing or all. */
const COMPLETE = 'Example data';

/** Makes the database `orders` with its rows and roles when it is not there, and sets the password of the portal's role. */
export async function ensureOrdersDatabase({ port, superuser, admin }) {
  await withClient({ port, password: superuser }, async server => {
    const { rows } = await server.query(
      "SELECT 1 FROM pg_database WHERE datname = 'orders'",
    );
    if (rows.length === 0) {
      await server.query('CREATE DATABASE orders');
    }
  });
  const target = { port, password: superuser, database: 'orders' };
  await withClient(target, async orders => {
    const { rows } = await orders.query(
      "SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = 'orders'",
    );
    if (rows[0].comment !== COMPLETE) {
      await fill(orders);
    }
    await orders.query(
      `ALTER ROLE jit_admin PASSWORD ${orders.escapeLiteral(admin)}`,
    );
  });
}

async function fill(orders) {
  await orders.query('BEGIN');
  for (const file of ['schema.sql', 'rows.sql', 'roles.sql']) {
    const path = join(CHECKOUT, 'examples', 'orders-db', file);
    await orders.query(readFileSync(path, 'utf8'));
  }
  await orders.query(
    `COMMENT ON DATABASE orders IS ${orders.escapeLiteral(COMPLETE)}`,
  );
  await orders.query('COMMIT');
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
    await work(client);
  } finally {
    await client.end();
  }
}
