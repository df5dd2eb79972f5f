import { PostgresStage } from '../__testUtils__/PostgresStage';
import { RoleLease, RoleLeaseOptions } from '../__testUtils__/RoleLease';

jest.setTimeout(120_000);

/** What one holder leaves in one database: data, and all the code that could run for somebody else later. */
const LEFTOVERS = `
  CREATE SCHEMA mine;
  CREATE TABLE mine.notes (id serial PRIMARY KEY, body text DEFAULT 'none', total int CHECK (total > 0));
  INSERT INTO mine.notes (body, total) VALUES ('kept', 7);
  CREATE TYPE mine.mood AS ENUM ('good');
  CREATE DOMAIN mine.small AS int CHECK (value < 10);
  SELECT lo_create(0);

  CREATE FUNCTION public.steal() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.orders';
  CREATE PROCEDURE mine.act() LANGUAGE sql AS 'SELECT 1';
  CREATE AGGREGATE mine.sum_up (int) (sfunc = int4pl, stype = int);
  CREATE OPERATOR mine.=== (leftarg = int, rightarg = int, function = int4eq);
  CREATE OPERATOR mine.@@@ (rightarg = int, function = int4abs);
  CREATE FUNCTION mine."Quo""te; drop"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
  CREATE TRIGGER "tri;gg'er" BEFORE INSERT ON mine.notes FOR EACH ROW EXECUTE FUNCTION mine."Quo""te; drop"();
  CREATE TRIGGER on_orders BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION mine."Quo""te; drop"();
  CREATE RULE quiet AS ON DELETE TO mine.notes DO INSTEAD NOTHING;
  CREATE VIEW mine.seen AS SELECT * FROM public.orders;
  CREATE VIEW mine.seen_again AS SELECT * FROM mine.seen;
  CREATE MATERIALIZED VIEW mine.copied AS SELECT * FROM public.orders;
  ALTER TABLE mine.notes ENABLE ROW LEVEL SECURITY;
  CREATE POLICY everything ON mine.notes USING (true);
  CREATE TABLE mine.traps (
    a xml DEFAULT query_to_xml('DELETE FROM public.orders', true, true, ''),
    b int CONSTRAINT trap CHECK (pg_notify('x', 'y') IS NULL),
    c int GENERATED ALWAYS AS (int4abs(1)) STORED,
    d uuid DEFAULT gen_random_uuid(),
    e timestamptz DEFAULT now()
  );
  CREATE DOMAIN mine.trapped AS text CONSTRAINT trap CHECK (pg_notify('x', value) IS NULL);
  CREATE COLLATION mine.plain FROM "C";
  CREATE STATISTICS mine.spread ON id, total FROM mine.notes;
  CREATE TEXT SEARCH DICTIONARY mine.words (template = simple);
  CREATE TEXT SEARCH CONFIGURATION mine.search (copy = english);
  CREATE PUBLICATION outward;
  ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
`;

const DROPPED = [
  'aggregate mine.sum_up(integer)',
  'collation mine.plain',
  'constraint trap on mine.trapped',
  'constraint trap on mine.traps',
  'default a on mine.traps',
  'function mine."Quo""te; drop"()',
  'function public.steal()',
  'materialized view mine.copied',
  'operator mine.===(integer,integer)',
  'operator mine.@@@(NONE,integer)',
  'policy everything on mine.notes',
  'procedure mine.act()',
  'publication outward',
  'rule quiet on mine.notes',
  'statistics object mine.spread',
  'text search configuration mine.search',
  'text search dictionary mine.words',
  'trigger "tri;gg\'er" on mine.notes',
  'trigger on_orders on public.orders with function mine."Quo""te; drop"()',
  'view mine.seen',
  'view mine.seen_again',
];

const GIVEN = [
  'schema mine',
  'sequence mine.notes_id_seq',
  'table mine.notes',
  'table mine.traps',
  'type mine.mood',
  'type mine.small',
  'type mine.trapped',
];

describe('what a lease leaves behind', () => {
  let stage: PostgresStage;

  const lease = (options?: Omit<RoleLeaseOptions, 'stage'>) =>
    new RoleLease({ stage, ...options });

  beforeAll(async () => {
    stage = await PostgresStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('drops code, hands on data, and tells both, in every database', async () => {
    const messy = lease();
    await messy.grant();
    for (const database of [stage.orders, stage.second]) {
      const session = await messy.holder(database);
      await session.query(LEFTOVERS);
    }

    const report = await messy.revoke();
    const { reassignTo } = stage;
    for (const database of [stage.orders, stage.second]) {
      const lines = report
        .filter(line => line.startsWith(`${database}: `))
        .map(line => line.slice(database.length + 2))
        .filter(line => !line.includes('large object'))
        .sort();
      expect(lines).toEqual([
        ...DROPPED.map(line => `dropped ${line}`),
        ...GIVEN.map(line => `gave ${line} to ${reassignTo}`),
      ]);

      const owners = await stage.sql(
        `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE relnamespace = 'mine'::regnamespace`,
        { database },
      );
      expect(owners).toEqual([{ owner: stage.reassignTo }]);
      expect(
        await stage.sql('SELECT body FROM mine.notes', { database }),
      ).toEqual([{ body: 'kept' }]);
      expect(
        await stage.sql(
          `SELECT attname FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
            WHERE adrelid = 'mine.traps'::regclass ORDER BY 1`,
          { database },
        ),
      ).toEqual([{ attname: 'c' }, { attname: 'd' }, { attname: 'e' }]);
      expect(
        await stage.sql('SELECT count(*)::int AS n FROM orders', { database }),
      ).toEqual([{ n: 2 }]);
      expect(
        await stage.sql(
          `SELECT FROM pg_proc WHERE proowner = $1::regrole
           UNION ALL SELECT FROM pg_default_acl`,
          { database, values: [stage.reassignTo] },
        ),
      ).toEqual([]);
    }
    expect(await stage.roleExists(messy.name)).toBe(false);
  });

  it('takes along what others built on its code, but not their data', async () => {
    const connection = stage.connection({
      ceiling: { roles: [stage.readwriteRole, stage.owner] },
    });
    await stage.sql(
      `GRANT ${stage.owner} TO ${stage.admin} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`,
    );
    const involved = lease({
      connection,
      params: { memberOf: [stage.readwriteRole, stage.owner] },
    });
    await involved.grant();
    const session = await involved.holder();
    await session.query(`
      CREATE VIEW public.seen AS SELECT * FROM orders;
      CREATE FUNCTION public.twice(n numeric) RETURNS numeric IMMUTABLE LANGUAGE sql AS 'SELECT n * 2';
      CREATE FUNCTION public.apart(a float8, b float8) RETURNS float8 IMMUTABLE LANGUAGE sql AS 'SELECT a - b';
      CREATE TYPE public.span AS RANGE (subtype = float8, subtype_diff = public.apart);
      ALTER TABLE orders ADD COLUMN doubled numeric GENERATED ALWAYS AS (public.twice(total)) STORED;
      ALTER TABLE orders ADD COLUMN span public.span;
    `);
    await stage.sql(`CREATE VIEW public.others AS SELECT * FROM public.seen`, {
      database: stage.orders,
    });

    // The column holds somebody's data: a person decides. All the rest is gone by then, and so is the access.
    const first = await involved.provider.revoke(involved.context());
    expect(first).toMatchObject({
      done: false,
      note: expect.stringContaining(
        'table column public.orders.span, which the lease does not own, depends on function public.apart(double precision,double precision)',
      ),
    });
    expect(first.report?.sort()).toEqual(
      [
        'dropped function public.twice(numeric)',
        'dropped table column public.orders.doubled with function public.twice(numeric)',
        'dropped default value for public.orders.doubled with function public.twice(numeric)',
        'dropped view public.others with view public.seen',
        'dropped view public.seen',
      ]
        .map(line => `${stage.orders}: ${line}`)
        .sort(),
    );
    await expect(session.query('SELECT 1')).rejects.toThrow();
    await expect(involved.revoke()).rejects.toMatchObject({
      class: 'misconfigured',
    });
    expect(await involved.inspect()).toEqual({
      status: 'present',
      blockers: [`It owns things or has rights in database '${stage.orders}'`],
    });

    await stage.sql('ALTER TABLE orders DROP COLUMN span', {
      database: stage.orders,
    });
    await involved.revoke();
    expect(await involved.inspect()).toEqual({
      status: 'absent',
      residual: expect.stringContaining(stage.owner),
    });
    expect(
      await stage.sql('SELECT count(*)::int AS n FROM orders', {
        database: stage.orders,
      }),
    ).toEqual([{ n: 2 }]);
  });

  it('waits for a lock that somebody else holds, and says where', async () => {
    const waiting = lease();
    await waiting.grant();
    const session = await waiting.holder();
    await session.query(`
      CREATE TABLE public.held (id int);
      GRANT SELECT ON public.held TO ${stage.readonlyRole};
    `);
    const reader = lease({ params: { memberOf: [stage.readonlyRole] } });
    await reader.grant();
    const other = await reader.holder();
    await other.query('BEGIN; SELECT * FROM public.held');

    await expect(waiting.revoke()).rejects.toMatchObject({
      class: 'retryable',
      message: expect.stringContaining('another session holds a lock'),
    });
    await expect(session.query('SELECT 1')).rejects.toThrow();
    await other.query('COMMIT');
    await waiting.revoke();
    await reader.revoke();
    expect(await waiting.inspect()).toEqual({ status: 'absent' });
  });

  it('says which database it cannot get into', async () => {
    const shut = lease();
    await shut.grant();
    const session = await shut.holder(stage.second);
    await session.query('CREATE TABLE public.shut (id int)');
    await session.end();
    await stage.sql(`ALTER DATABASE ${stage.second} ALLOW_CONNECTIONS false`);
    await expect(shut.revoke()).rejects.toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining(
        `database '${stage.second}', which takes no connections`,
      ),
    });
    expect((await shut.inspect()).blockers).toEqual([
      `It owns things or has rights in database '${stage.second}', which takes no connections`,
    ]);
    await stage.sql(`ALTER DATABASE ${stage.second} ALLOW_CONNECTIONS true`);
    expect(await shut.revoke()).toEqual([
      `${stage.second}: gave table public.shut to ${stage.reassignTo}`,
    ]);
  });

  it('names what it cannot take back: things and rights that others gave it', async () => {
    const tied = lease();
    await tied.grant();
    await stage.sql(
      `GRANT ${tied.name} TO ${stage.readonlyRole};
       GRANT TEMPORARY ON DATABASE ${stage.second} TO ${tied.name}`,
    );
    await stage.sql(`GRANT TRUNCATE ON orders TO ${tied.name}`, {
      database: stage.second,
    });
    await expect(tied.revoke()).rejects.toMatchObject({
      class: 'misconfigured',
      message: expect.stringMatching(
        new RegExp(`'${stage.second}' somebody gave .* on table .*orders`),
      ),
    });
    await stage.sql(`REVOKE TRUNCATE ON orders FROM ${tied.name}`, {
      database: stage.second,
    });
    await expect(tied.revoke()).rejects.toMatchObject({
      class: 'retryable',
      message: expect.stringContaining(
        `It is tied to database ${stage.second}`,
      ),
    });
    await stage.sql(
      `REVOKE TEMPORARY ON DATABASE ${stage.second} FROM ${tied.name}`,
    );
    const database = `of_${stage.suffix}`;
    await stage.sql(`CREATE DATABASE ${database} OWNER ${tied.name}`);
    await expect(tied.revoke()).rejects.toMatchObject({
      class: 'retryable',
      message: expect.stringContaining(`It is tied to database ${database}`),
    });
    await stage.sql(`DROP DATABASE ${database}`);
    await tied.revoke();
    expect(await tied.inspect()).toEqual({ status: 'absent' });
  });

  it('gets through thousands of functions', async () => {
    const many = lease();
    await many.grant();
    const session = await many.holder();
    await session.query(`
      DO $$ BEGIN
        FOR i IN 1..3000 LOOP
          EXECUTE format('CREATE FUNCTION public.f_%s() RETURNS int LANGUAGE sql AS ''SELECT 1''', i);
        END LOOP;
      END $$`);
    const report = await many.revoke();
    expect(report).toHaveLength(201);
    expect(report.at(-1)).toBe('and 2800 more');
    expect(await many.inspect()).toEqual({ status: 'absent' });
  });
});
