import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { entitlementOf } from '../../leases/entitlementOf';
import { LeaseRecord } from '../../leases/records';
import { BackendConfigOptions, DATABASE, profile } from './backendConfig';

/** What a lease's own database is copied from: so small that a copy takes no time, and not empty. */
const TEMPLATE_ROWS = 'CREATE TABLE orders AS SELECT 1 AS id';

/** The PostgreSQL on which the crash tests lease databases: an admin with just the rights that it needs, and a template. */
export class OutsidePostgres {
  static async open(server: string): Promise<OutsidePostgres> {
    const superuser = new Client({ connectionString: server });
    await superuser.connect();
    const outside = new OutsidePostgres(new URL(server), superuser);
    await outside.#build();
    return outside;
  }

  readonly #suffix = randomBytes(6).toString('hex');
  readonly #password = randomBytes(12).toString('hex');
  /** The oid of each lease's database, from when it was first seen. */
  readonly #seen = new Map<string, number>();
  readonly admin = `crash_admin_${this.#suffix}`;
  readonly template = `crash_template_${this.#suffix}`;

  private constructor(
    private readonly server: URL,
    private readonly superuser: Client,
  ) {}

  /** What of a backend's config is about it: its connection, and the one profile. */
  get config(): Pick<BackendConfigOptions, 'connections' | 'profiles'> {
    return {
      connections: { outside: this.connection },
      profiles: [
        profile(DATABASE, {
          provider: 'postgres.database',
          connection: 'outside',
          parameters: { template: this.template },
        }),
      ],
    };
  }

  /** The settings of its connection. */
  get connection(): JsonObject {
    return {
      type: 'postgres',
      host: this.server.hostname,
      port: Number(this.server.port),
      user: this.admin,
      password: this.#password,
      reassignTo: `crash_left_${this.#suffix}`,
      ceiling: {
        ephemeralDatabases: { templates: [this.template], maximum: 1000 },
      },
    };
  }

  /** What is wrong when processes are dead: a database that was made a second time. */
  async checkOnce(leases: LeaseRecord[]): Promise<string[]> {
    const { rows } = await this.superuser.query<{ name: string; oid: number }>(
      'SELECT datname::text AS name, oid FROM pg_database WHERE datname = ANY ($1)',
      [leases.map(nameOf)],
    );
    return rows.flatMap(({ name, oid }) => {
      const before = this.#seen.get(name) ?? oid;
      this.#seen.set(name, oid);
      return before === oid ? [] : [`Database ${name} was made twice`];
    });
  }

  /** What is wrong when nothing is left to do: anything with the name of a lease. */
  async checkAtRest(leases: LeaseRecord[]): Promise<string[]> {
    const { rows } = await this.superuser.query<{ line: string }>(
      `SELECT k.kind || ' ' || k.name || ' is left' AS line
         FROM (SELECT 'Database' AS kind, datname::text AS name FROM pg_database
               UNION ALL SELECT 'Role', rolname::text FROM pg_roles
               UNION ALL SELECT 'A session of', usename::text FROM pg_stat_activity) AS k,
              unnest($1::text[]) AS lease(name)
        WHERE starts_with(k.name, lease.name)`,
      [leases.map(nameOf)],
    );
    return rows.map(row => row.line);
  }

  /**
   * A database of somebody else's with the name of a lease's: with our very mark in its comment, with a role beside it that is called like a keeper,
   * even owned by the admin; by turns.
   */
  async makeLookalike(mark: OwnershipMark, turn: number): Promise<string> {
    const name = `jit_${randomBytes(16).toString('hex')}`;
    await this.superuser.query(`CREATE DATABASE ${name}`);
    const comment = `backstage-jit-database ${JSON.stringify({
      v: 1,
      ...mark,
      leaseId: name,
      externalName: name,
    })}`;
    const looks = [
      `COMMENT ON DATABASE ${name} IS ${this.superuser.escapeLiteral(comment)}`,
      `CREATE ROLE ${name}_keeper; ALTER DATABASE ${name} OWNER TO ${name}_keeper`,
      `ALTER DATABASE ${name} OWNER TO ${this.admin}`,
    ];
    await this.superuser.query(looks[turn % looks.length]);
    return name;
  }

  /** Those that are there, as they are. */
  async describe(databases: string[]): Promise<object[]> {
    const { rows } = await this.superuser.query(
      `SELECT b.*, shobj_description(oid, 'pg_database') AS comment
         FROM pg_database b WHERE datname = ANY ($1) ORDER BY datname`,
      [databases],
    );
    return rows.map(({ datfrozenxid, datminmxid, ...row }) => row);
  }

  async remove(databases: string[]): Promise<void> {
    for (const name of databases) {
      await this.superuser.query(`DROP DATABASE ${name}`);
    }
  }

  async close(): Promise<void> {
    await this.superuser.query(
      `ALTER DATABASE ${this.template} IS_TEMPLATE false`,
    );
    await this.superuser.query(`DROP DATABASE ${this.template}`);
    await this.superuser.end();
  }

  async #build(): Promise<void> {
    const { superuser, admin, template } = this;
    const left = `crash_left_${this.#suffix}`;
    await superuser.query(
      `CREATE ROLE ${admin} LOGIN CREATEROLE CREATEDB PASSWORD '${
        this.#password
      }';
       GRANT pg_signal_backend TO ${admin};
       CREATE ROLE ${left} NOLOGIN; GRANT ${left} TO ${admin}`,
    );
    await superuser.query(`CREATE DATABASE ${template}`);
    const within = new Client({
      connectionString: new URL(`/${template}`, this.server).href,
    });
    await within.connect();
    await within.query(TEMPLATE_ROWS);
    await within.end();
    await superuser.query(
      `ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`,
    );
  }
}

function nameOf(lease: LeaseRecord): string {
  return entitlementOf({ ...lease, leaseId: lease.id }).externalName;
}
