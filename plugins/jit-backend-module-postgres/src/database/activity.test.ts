import { ThingActivity } from '@backstage-jit/plugin-jit-node';
import { DatabaseLease } from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';

jest.setTimeout(120_000);

/** Looks at the server until it is so: what happens there by itself has no end that one could wait for. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('the activity of a database', () => {
  let stage: DatabaseStage;
  let lease: DatabaseLease;

  const look = async (): Promise<ThingActivity> => {
    const { provider } = lease;
    const all: ThingActivity[] = [];
    for await (const each of provider.listActivity(lease.context())) {
      all.push(each);
    }
    expect(all.map(each => each.externalName)).toEqual([lease.name]);
    return all[0];
  };

  beforeAll(async () => {
    stage = await DatabaseStage.create();
  });

  beforeEach(async () => {
    lease = new DatabaseLease({
      stage,
      mark: { installation: 'traces', ledgerId: stage.server.suffix },
    });
    await lease.grant();
  });

  afterEach(async () => {
    await lease.revoke();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('is none by our own looks, mints and extensions', async () => {
    const before = await look();
    expect(before.idleForMs).toBeUndefined();
    await lease.inspect();
    await lease.credentials();
    await lease.provider.extend(lease.context());
    await lease.provider.health(lease.context());
    await look();
    expect(await look()).toEqual(before);
  });

  it('is none by what the server does in the background', async () => {
    const { server } = stage;
    const session = await lease.holder();
    await session.query(
      `CREATE TABLE grown AS SELECT generate_series(1, 5000) AS id;
       ALTER TABLE grown SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
       UPDATE grown SET id = id + 1`,
    );
    await session.end();
    const transactions = async () => {
      const [{ count }] = await server.sql<{ count: string }>(
        'SELECT xact_commit AS count FROM pg_stat_database WHERE datname = $1',
        { values: [lease.name] },
      );
      return Number(count);
    };
    await until(async () => {
      const rows = await server.sql(
        'SELECT FROM pg_stat_activity WHERE datname = $1',
        { values: [lease.name] },
      );
      return rows.length === 0;
    });
    const before = await look();
    const count = await transactions();
    await server.sql('ALTER SYSTEM SET autovacuum_naptime = 1');
    await server.sql('SELECT pg_reload_conf()');
    try {
      await until(async () => (await transactions()) > count);
      expect(await look()).toEqual(before);
    } finally {
      await server.sql('ALTER SYSTEM RESET autovacuum_naptime');
      await server.sql('SELECT pg_reload_conf()');
    }
  });

  it('is going on while a statement runs, and past once it is quiet', async () => {
    const { server } = stage;
    const session = await lease.holder();
    const running = session.query('SELECT pg_advisory_lock(1)');
    const blocker = await lease.holder();
    await running;
    const waiting = blocker.query('SELECT pg_advisory_lock(1)');
    await until(async () => {
      const rows = await server.sql(
        `SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
        { values: [lease.name] },
      );
      return rows.length > 0;
    });
    expect((await look()).idleForMs).toBe(0);
    await session.query('SELECT pg_advisory_unlock(1)');
    await waiting;

    const quiet = await look();
    const later = await look();
    expect(later.counter).toBe(quiet.counter);
    expect(later.idleForMs).toBeGreaterThanOrEqual(quiet.idleForMs!);
    const [{ now }] = await server.sql<{ now: number }>(
      `SELECT (extract(epoch from clock_timestamp() - max(state_change)) * 1000)::float8 AS now
         FROM pg_stat_activity WHERE datname = $1`,
      { values: [lease.name] },
    );
    expect(later.idleForMs).toBeLessThanOrEqual(Math.ceil(now));
  });

  it('shows though it came and went between two looks', async () => {
    const counters = [(await look()).counter];
    for (let burst = 0; burst < 3; burst += 1) {
      const short = await lease.holder();
      await short.query('SELECT 1');
      await short.end();
      const seen = await look();
      expect(seen.idleForMs).toBeUndefined();
      counters.push(seen.counter);
    }
    const long = await lease.holder();
    counters.push((await look()).counter);
    await long.query('SELECT 1');
    await long.end();
    counters.push((await look()).counter);
    expect(new Set(counters).size).toBe(counters.length);
    expect((await look()).counter).toBe(counters.at(-1));
  });
});
