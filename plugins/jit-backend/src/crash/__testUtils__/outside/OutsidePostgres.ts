import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { entitlementOf } from '../../../leases/entitlementOf';
import { LeaseRecord } from '../../../leases/records';
import { profile } from '../backendConfig';
import { buildPostgres, PostgresNames, removePostgres } from './buildPostgres';
import { HeldSessions } from './HeldSessions';
import { Outside, OutsideLook } from './Outside';

/** The PostgreSQL on which the crash tests lease databases, and roles: by themselves, and on a leased database as a bundle. */
export class OutsidePostgres implements Outside {
  static async open(server: string): Promise<OutsidePostgres> {
    const superuser = new Client({ connectionString: server });
    await superuser.connect();
    const url = new URL(server);
    const names = await buildPostgres(superuser, url);
    return new OutsidePostgres(url, superuser, names);
  }

  readonly standing = [];
  /** The oid of each lease's database, from when it was first seen. */
  readonly #seen = new Map<string, number>();
  readonly #sessions = new HeldSessions();

  private constructor(
    private readonly server: URL,
    private readonly superuser: Client,
    private readonly names: PostgresNames,
  ) {}

  get config() {
    const { readers, template } = this.names;
    const fact = (name: string) => ({
      value: `\${{ parts.database.${name} }}`,
      allow: { pattern: 'jit_[0-9a-f]{32}' },
    });
    const part = (id: string, provider: string, parameters: JsonObject) =>
      profile(id, { provider, parameters, connection: 'outside' });
    return {
      connections: { outside: this.connection },
      profiles: [
        part('database', 'postgres.database', { template }),
        part('role', 'postgres.role', { memberOf: [readers] }),
        part('entry', 'postgres.role', {
          memberOf: [fact('owner')],
          database: fact('database'),
        }),
      ],
      bundles: [
        {
          id: 'suite',
          title: 'A database and the way in',
          parts: ['database', 'entry'],
        },
      ],
    };
  }

  /** The settings of its connection. */
  get connection(): JsonObject {
    const { admin, password, left, held, readers, template } = this.names;
    return {
      type: 'postgres',
      host: this.server.hostname,
      port: Number(this.server.port),
      user: admin,
      password,
      databases: [held],
      reassignTo: left,
      ceiling: {
        roles: [readers],
        ephemeralDatabases: {
          templates: [template],
          maximum: 1000,
          access: true,
        },
      },
    };
  }

  async renew(): Promise<void> {
    await this.#sessions.close();
  }

  /** Opens a session, and holds it open. */
  async use(lease: Lease, credentials: IssuedCredentials): Promise<boolean> {
    const url = credentials.forms.find(({ id }) => id === 'url')?.value;
    return (
      url !== undefined &&
      lease.provider.startsWith('postgres.') &&
      (await this.#sessions.open({ key: lease.id, url }))
    );
  }

  async look(): Promise<OutsideLook> {
    return {
      things: [],
      sessions: await this.#sessions.alive(),
      effects: [],
    };
  }

  /** A database that was made a second time. */
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

  /** Anything with the name of a lease. */
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
      `ALTER DATABASE ${name} OWNER TO ${this.names.admin}`,
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
    await this.#sessions.close();
    await removePostgres(this.superuser, this.names);
    await this.superuser.end();
  }
}

function nameOf(lease: LeaseRecord): string {
  return entitlementOf({ ...lease, leaseId: lease.id }).externalName;
}
