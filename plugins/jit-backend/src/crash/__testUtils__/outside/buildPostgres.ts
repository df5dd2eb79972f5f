import { Client } from 'pg';
import { randomBytes } from 'node:crypto';

/** What a lease's own database is copied from: so small that a copy takes no time, and not empty. */
const TEMPLATE_ROWS = 'CREATE TABLE orders AS SELECT 1 AS id';

export interface PostgresNames {
  /** With just the rights that it needs, and how it logs in. */
  admin: string;
  password: string;
  /** Gets what leases leave behind. */
  left: string;
  /** What leases on roles give, and the database that those work in. */
  readers: string;
  held: string;
  /** What databases are copied from. */
  template: string;
}

/** Makes all that leases on a PostgreSQL need, under names of its own. */
export async function buildPostgres(
  superuser: Client,
  server: URL,
): Promise<PostgresNames> {
  const suffix = randomBytes(6).toString('hex');
  const names = {
    admin: `crash_admin_${suffix}`,
    password: randomBytes(12).toString('hex'),
    left: `crash_left_${suffix}`,
    readers: `crash_readers_${suffix}`,
    held: `crash_held_${suffix}`,
    template: `crash_template_${suffix}`,
  };
  const { admin, password, left, readers, held, template } = names;
  await superuser.query(
    `CREATE ROLE ${admin} LOGIN CREATEROLE CREATEDB PASSWORD '${password}';
     GRANT pg_signal_backend TO ${admin};
     CREATE ROLE ${left} NOLOGIN; GRANT ${left} TO ${admin};
     CREATE ROLE ${readers} NOLOGIN;
     GRANT ${readers} TO ${admin} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`,
  );
  await superuser.query(`CREATE DATABASE ${held}`);
  await superuser.query(`CREATE DATABASE ${template}`);
  const within = new Client({
    connectionString: new URL(`/${template}`, server).href,
  });
  await within.connect();
  await within.query(TEMPLATE_ROWS);
  await within.end();
  await superuser.query(
    `ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`,
  );
  return names;
}

/** Removes the databases; roles that may still own something are left. */
export async function removePostgres(
  superuser: Client,
  { held, template }: PostgresNames,
): Promise<void> {
  await superuser.query(`ALTER DATABASE ${template} IS_TEMPLATE false`);
  await superuser.query(`DROP DATABASE ${template}`);
  await superuser.query(`DROP DATABASE ${held} WITH (FORCE)`);
}
