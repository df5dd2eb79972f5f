import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { randomBytes } from 'node:crypto';
import { Client, QueryResultRow } from 'pg';
import { z } from 'zod';
import {
  PostgresConnection,
  postgresConnectionSchema,
} from '../connection/connectionSchema';
import { ident } from '../sql/quote';
import { readmeScript } from './readmeScript';

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

export interface Login {
  user: string;
  password: string;
  database: string;
}

/** What a holder signs in with. */
export function loginOf({ forms }: IssuedCredentials): Login {
  const url = new URL(forms.find(form => form.id === 'url')!.value);
  return {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

/**
 * Databases, roles and an admin of their own on the real PostgreSQL of the test run. The admin has what the README says, and no more.
 */
export class PostgresStage {
  readonly suffix = randomBytes(4).toString('hex');
  readonly admin = `admin_${this.suffix}`;
  readonly adminPassword = randomBytes(12).toString('hex');
  readonly reassignTo = `leftovers_${this.suffix}`;
  readonly readonlyRole = `orders_readonly_${this.suffix}`;
  readonly readwriteRole = `orders_readwrite_${this.suffix}`;
  readonly owner = `orders_owner_${this.suffix}`;
  readonly orders = `orders_${this.suffix}`;
  readonly second = `second_${this.suffix}`;
  readonly #server: URL;
  readonly #clients = new Set<Client>();
  readonly #superuser = new Map<string, Client>();

  private constructor(server: URL) {
    this.#server = server;
  }

  static async create(): Promise<PostgresStage> {
    const connectionString = process.env[VARIABLE];
    if (!connectionString) {
      throw new Error(`${VARIABLE} is not set: there is no PostgreSQL`);
    }
    const stage = new PostgresStage(new URL(connectionString));
    await stage.#build();
    return stage;
  }

  get host(): string {
    return this.#server.hostname;
  }

  get port(): number {
    return Number(this.#server.port);
  }

  get superuserPassword(): string {
    return decodeURIComponent(this.#server.password);
  }

  connection(
    overrides?: Partial<z.input<typeof postgresConnectionSchema>>,
  ): PostgresConnection {
    return postgresConnectionSchema.parse({
      host: this.host,
      port: this.port,
      user: this.admin,
      password: this.adminPassword,
      reassignTo: this.reassignTo,
      databases: [this.orders],
      ceiling: {
        roles: [this.readonlyRole, this.readwriteRole],
        setRole: true,
      },
      ...overrides,
    });
  }

  /** Runs as superuser. */
  async sql<TRow extends QueryResultRow = QueryResultRow>(
    sql: string,
    options?: { database?: string; values?: unknown[] },
  ): Promise<TRow[]> {
    const database = options?.database ?? 'postgres';
    const client =
      this.#superuser.get(database) ??
      (await this.#connect({
        user: decodeURIComponent(this.#server.username),
        password: this.superuserPassword,
        database,
      }));
    this.#superuser.set(database, client);
    return (await client.query<TRow>(sql, options?.values)).rows;
  }

  /** Runs as superuser, in a session that is gone afterwards. */
  async sqlOnce(database: string, sql: string): Promise<void> {
    await this.sql(sql, { database });
    await this.#superuser.get(database)!.end();
    this.#superuser.delete(database);
  }

  /** Logs in as a holder does; rejects when the server refuses. */
  async login(login: Login): Promise<Client> {
    return await this.#connect(login);
  }

  async roleExists(name: string): Promise<boolean> {
    const rows = await this.sql('SELECT FROM pg_roles WHERE rolname = $1', {
      values: [name],
    });
    return rows.length > 0;
  }

  async strike(): Promise<void> {
    for (const database of [this.orders, this.second]) {
      await this.sql(`DROP DATABASE IF EXISTS ${ident(database)} WITH (FORCE)`);
    }
    for (const client of this.#clients) {
      await client.end().catch(() => {});
    }
  }

  async #build(): Promise<void> {
    const admin = ident(this.admin);
    const [readonly, readwrite, owner] = [
      this.readonlyRole,
      this.readwriteRole,
      this.owner,
    ].map(ident);
    await this.sql(`
      CREATE ROLE ${readonly} NOLOGIN;
      CREATE ROLE ${readwrite} NOLOGIN;
      CREATE ROLE ${owner} NOLOGIN;
    `);
    for (const database of [this.orders, this.second]) {
      await this.sql(`CREATE DATABASE ${ident(database)} OWNER ${owner}`);
      await this.sql(
        `
        REVOKE CONNECT ON DATABASE ${ident(database)} FROM PUBLIC;
        GRANT CONNECT ON DATABASE ${ident(
          database,
        )} TO ${readonly}, ${readwrite};
        CREATE TABLE orders (id int PRIMARY KEY, total numeric NOT NULL);
        ALTER TABLE orders OWNER TO ${owner};
        INSERT INTO orders VALUES (1, 10), (2, 20);
        GRANT USAGE ON SCHEMA public TO ${readonly};
        GRANT SELECT ON orders TO ${readonly};
        GRANT USAGE, CREATE ON SCHEMA public TO ${readwrite};
        GRANT CREATE ON DATABASE ${ident(database)} TO ${readwrite};
        GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON orders TO ${readwrite};
      `,
        { database },
      );
    }
    await this.sql(await this.#adminScript());
    await this.sql(
      `GRANT CONNECT ON DATABASE ${ident(this.second)} TO ${admin}`,
    );
  }

  /** The script that the README tells people to run first, with the names of this stage. */
  async #adminScript(): Promise<string> {
    return await readmeScript({
      begins: 'CREATE ROLE backstage_admin',
      names: {
        backstage_admin: this.admin,
        leftovers: this.reassignTo,
        orders_readonly: this.readonlyRole,
        orders_readwrite: this.readwriteRole,
        orders: this.orders,
        'change me': this.adminPassword,
      },
    });
  }

  async #connect(login: Login): Promise<Client> {
    const client = new Client({
      host: this.host,
      port: this.port,
      ...login,
    });
    // A session that is ended from outside tells so here; tests look at what its queries do.
    client.on('error', () => {});
    this.#clients.add(client);
    await client.connect();
    return client;
  }
}
