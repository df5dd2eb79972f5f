import { JsonObject } from '@backstage/types';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

const READONLY = 'readers';

/**
 * A database on the real PostgreSQL of the tests that roles are leased on, with an admin as its documentation says; all under names of
 * its own.
 */
export class RealDatabase {
  static async create(): Promise<RealDatabase> {
    const name = `leased_${randomBytes(6).toString('hex')}`;
    const password = randomBytes(24).toString('hex');
    const database = new RealDatabase(name, password);
    await database.asSuperuser(async superuser => {
      await superuser.query(`
        CREATE ROLE ${name}_admin LOGIN CREATEROLE PASSWORD '${password}';
        GRANT pg_signal_backend TO ${name}_admin;
        CREATE ROLE ${name}_leftovers NOLOGIN;
        GRANT ${name}_leftovers TO ${name}_admin;
        CREATE ROLE ${name}_${READONLY} NOLOGIN;
        GRANT ${name}_${READONLY} TO ${name}_admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
      `);
      await superuser.query(`CREATE DATABASE ${name}`);
    });
    return database;
  }

  private constructor(readonly name: string, readonly adminPassword: string) {}

  /** The config of a connection to it. */
  connection(options: { password: string }): JsonObject {
    const { hostname, port } = serverUrl();
    return {
      type: 'postgres',
      host: hostname,
      port: Number(port),
      user: `${this.name}_admin`,
      password: options.password,
      databases: [this.name],
      reassignTo: `${this.name}_leftovers`,
      ceiling: { roles: [`${this.name}_${READONLY}`] },
    };
  }

  /** The config of a profile that leases roles on it. */
  profile(options: { id: string; connection: string }): JsonObject {
    return {
      ...options,
      title: 'A role on a real database',
      provider: 'postgres.role',
      parameters: { memberOf: [`${this.name}_${READONLY}`] },
      eligible: [{ group: 'group:default/crew' }],
      duration: { maximum: '1h' },
    };
  }

  /** The lease roles that there are, each with the end that the server knows. */
  async roles(): Promise<Array<{ name: string; hasEnded: boolean }>> {
    return await this.asSuperuser(async superuser => {
      const { rows } = await superuser.query(
        `SELECT r.rolname AS name, r.rolvaliduntil < clock_timestamp() AS "hasEnded"
           FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid
          WHERE m.roleid = '${this.name}_${READONLY}'::regrole AND r.rolname LIKE 'jit\\_%'`,
      );
      return rows;
    });
  }

  async remove(): Promise<void> {
    const left = await this.roles();
    await this.asSuperuser(async superuser => {
      await superuser.query(`DROP DATABASE ${this.name} WITH (FORCE)`);
      for (const role of [
        ...left.map(each => each.name),
        ...['admin', 'leftovers', READONLY].map(end => `${this.name}_${end}`),
      ]) {
        await superuser.query(`DROP OWNED BY ${role} CASCADE`);
        await superuser.query(`DROP ROLE ${role}`);
      }
    });
  }

  /** What is written on a role. */
  async commentOf(role: string): Promise<string> {
    return await this.asSuperuser(async superuser => {
      const { rows } = await superuser.query(
        "SELECT shobj_description($1::regrole, 'pg_authid') AS comment",
        [role],
      );
      return rows[0].comment;
    });
  }

  /** As what the backend itself works as. */
  async asAdmin<T>(work: (client: Client) => Promise<T>) {
    const url = serverUrl();
    url.username = `${this.name}_admin`;
    url.password = this.adminPassword;
    return await withClient(url.href, work);
  }

  async asSuperuser<T>(work: (client: Client) => Promise<T>) {
    return await withClient(serverUrl().href, work);
  }
}

/** Opens a session for as long as the work takes. */
export async function withClient<T>(
  url: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url });
  // Its end is no surprise: `work` sees it too.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): URL {
  const server =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!server) {
    throw new Error('There is no PostgreSQL to test with');
  }
  return new URL(server);
}
