import { z } from 'zod';
import {
  PostgresConnection,
  postgresConnectionSchema,
} from '../connection/connectionSchema';
import { ident } from '../sql/quote';
import { PostgresStage } from './PostgresStage';
import { readmeScript } from './readmeScript';

/** A stage with a database to copy, on which the admin has what the README says for `postgres.database`, and no more. */
export class DatabaseStage {
  readonly template: string;
  /** Owns what is in the template. */
  readonly giver: string;
  /** Owns something in the template too, and the admin is no member of it. */
  readonly stranger: string;

  private constructor(readonly server: PostgresStage) {
    this.template = `template_${server.suffix}`;
    this.giver = `giver_${server.suffix}`;
    this.stranger = `stranger_${server.suffix}`;
  }

  static async create(): Promise<DatabaseStage> {
    const stage = new DatabaseStage(await PostgresStage.create());
    await stage.#build();
    return stage;
  }

  connection(
    overrides?: Partial<z.input<typeof postgresConnectionSchema>>,
  ): PostgresConnection {
    return this.server.connection({
      ceiling: {
        roles: [this.server.readonlyRole],
        ephemeralDatabases: {
          templates: [this.template],
          maximum: 1000,
          access: true,
        },
      },
      ...overrides,
    });
  }

  /** Everything that has the name of a lease, a line each. */
  async remains(externalName: string): Promise<string[]> {
    const rows = await this.server.sql<{ line: string }>(
      `SELECT 'database ' || datname AS line FROM pg_database WHERE starts_with(datname, $1)
       UNION ALL SELECT 'role ' || rolname FROM pg_roles WHERE starts_with(rolname, $1)
       UNION ALL SELECT 'session of ' || usename FROM pg_stat_activity
                  WHERE starts_with(usename, $1) OR starts_with(datname, $1)
       ORDER BY 1`,
      { values: [externalName] },
    );
    return rows.map(row => row.line);
  }

  async strike(): Promise<void> {
    const template = ident(this.template);
    await this.server.sql(`ALTER DATABASE ${template} IS_TEMPLATE false`);
    await this.server.sql(`DROP DATABASE ${template} WITH (FORCE)`);
    await this.server.strike();
  }

  async #build(): Promise<void> {
    const { server, template } = this;
    const [giver, stranger] = [this.giver, this.stranger].map(ident);
    await server.sql(
      `CREATE ROLE ${giver} NOLOGIN; CREATE ROLE ${stranger} NOLOGIN`,
    );
    await server.sql(`CREATE DATABASE ${ident(template)}`);
    await server.sqlOnce(
      template,
      `CREATE TABLE orders (id int PRIMARY KEY, total numeric NOT NULL);
       INSERT INTO orders VALUES (1, 10), (2, 20);
       CREATE FUNCTION double(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * 2';
       ALTER TABLE orders OWNER TO ${giver};
       ALTER FUNCTION double OWNER TO ${giver};
       CREATE TABLE rates (id int);
       ALTER TABLE rates OWNER TO ${stranger};
       GRANT SELECT ON rates TO PUBLIC`,
    );
    await server.sql(
      await readmeScript({
        begins: 'ALTER ROLE backstage_admin CREATEDB',
        names: {
          backstage_admin: server.admin,
          orders_template: template,
          orders_template_owner: this.giver,
        },
      }),
    );
  }
}
