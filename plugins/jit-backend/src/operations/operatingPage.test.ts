import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { EngineBench } from '../__testUtils__/EngineBench';
import { isPostgres } from '../database/dialect';
import { exportEvents } from '../database/operations/events/exportEvents';
import { readHeads } from '../database/operations/events/readHeads';
import { writeReport } from '../database/operations/reconcile/reports';
import { TABLES } from '../database/tables';
import { openapi } from '../schema/openapi';

jest.setTimeout(60_000);

const CHECKOUT = resolvePackagePath(
  '@backstage-jit/plugin-jit-backend',
  '../..',
);
const PAGE = readFileSync(join(CHECKOUT, 'docs/operating.md'), 'utf8');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** The statement of the page that has these words in it. */
function statement(words: string): string {
  const found = [...PAGE.matchAll(/```sql\n([^]*?)```/g)]
    .map(([, sql]) => sql)
    .filter(sql => sql.includes(words));
  expect(found).toHaveLength(1);
  return found[0];
}

async function checkTrail(
  lines: object[],
  ...args: string[]
): Promise<{ code: number; said: string; faults: string }> {
  const child = spawn(
    process.execPath,
    [join(CHECKOUT, 'scripts/check-trail.mjs'), ...args],
    {
      env: {
        JIT_EVENT_KEYS: JSON.stringify([
          { id: 'k1', secret: 'only for tests' },
        ]),
      },
    },
  );
  const code = new Promise<number>(resolve => {
    child.on('close', resolve);
  });
  child.stdin.end(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  const [said, faults] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code: await code, said, faults };
}

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

describe.each(databases.eachSupportedId())('what operators copy, on %s', id => {
  async function withLeases() {
    const bench = await EngineBench.create(
      await databases.init(id as TestDatabaseId),
    );
    const engine = bench.engine();
    const ids = [await bench.ask(), await bench.ask(), await bench.ask()];
    await bench.work(engine);
    const early = await readHeads(bench.ledger);
    const earlyAt = await bench.ledger.clock.now(bench.ledger.knex);
    bench.clock.advance(60_000);
    await bench.wishEnd(ids[0]);
    await bench.run(
      [engine],
      async () => (await bench.lease(ids[0])).state === 'revoked',
    );
    await engine.stop();
    const { knex } = bench.ledger;
    const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => {
      const result = await knex.raw(sql);
      return isPostgres(knex) ? result.rows : result;
    };
    return { bench, ids, early, earlyAt, rowsOf };
  }

  it('computes the figure of a checkpoint', async () => {
    const { bench, rowsOf } = await withLeases();
    const rows = await rowsOf(statement("event_sequence || ' '"));
    const lines = rows.map(row => `${Object.values(row)[0]}\n`).join('');
    expect(createHash('sha256').update(lines).digest('hex')).toBe(
      (await readHeads(bench.ledger)).headsHash,
    );
  });

  it('finds a history that was cut off', async () => {
    const { bench, ids, rowsOf } = await withLeases();
    const sql = statement('left join jit_events');
    expect(await rowsOf(sql)).toEqual([]);
    await bench.ledger
      .knex(TABLES.events)
      .where({ lease_id: ids[1], sequence: 3 })
      .delete();
    expect(await rowsOf(sql)).toEqual([
      expect.objectContaining({ id: ids[1] }),
    ]);
  });

  it('checks an export, now and as of a checkpoint', async () => {
    const { bench, early, earlyAt } = await withLeases();
    const lines: object[] = [];
    for await (const page of exportEvents(bench.ledger, {})) {
      lines.push(...page);
    }
    const end = { end: { events: lines.length } };
    const now = await readHeads(bench.ledger);
    expect(await checkTrail([...lines, end])).toEqual({
      code: 0,
      said: `${JSON.stringify(now)}\n`,
      faults: '',
    });
    expect(
      await checkTrail(
        [...lines, end],
        '--until',
        new Date(earlyAt).toISOString(),
      ),
    ).toEqual({ code: 0, said: `${JSON.stringify(early)}\n`, faults: '' });

    const edited = lines.map((line, index) =>
      index === 1 ? { ...line, actor: 'user:default/mallory' } : line,
    );
    expect(await checkTrail([...edited, end])).toMatchObject({
      code: 1,
      faults: expect.stringContaining('is not what was signed'),
    });
    expect(await checkTrail(lines)).toMatchObject({
      code: 1,
      faults: 'The export is not whole: it was cut off\n',
    });
  });

  it('shows what reconcile holds back', async () => {
    const { bench, rowsOf } = await withLeases();
    const sql = statement('where reconcile_held');
    expect(await rowsOf(sql)).toEqual([]);
    await writeReport(bench.ledger, {
      connection: 'main',
      provider: 'fake.access',
      at: 1,
      differences: [],
      held: 'Too many',
    });
    expect(await rowsOf(sql)).toEqual([
      {
        name: 'main',
        reconcile_report: expect.stringContaining('Too many'),
      },
    ]);
  });
});

describe('docs/operating.md', () => {
  it('names only calls that there are', () => {
    const calls = Object.entries(openapi.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map(
        method => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '…')}`,
      ),
    );
    const named = [
      ...PAGE.matchAll(/`(GET|POST) (?:\/api\/jit\/v1)?(\/[a-z-/<>]+)/g),
    ].map(([, method, path]) => `${method} /v1${path.replace(/<\w+>/g, '…')}`);
    expect(named.length).toBeGreaterThan(5);
    expect(
      named.filter(call => !calls.includes(call) && !call.includes('/api/')),
    ).toEqual([]);
    expect(calls).toContain('POST /v1/providers/…/allow-reconcile');
  });

  it('names only errors that the code has', () => {
    const code = globSync('plugins/jit-*/src/**/*.ts', { cwd: CHECKOUT })
      .filter(path => !/\.test\.ts$|__testUtils__/.test(path))
      .map(path => readFileSync(join(CHECKOUT, path), 'utf8'))
      .join('\n')
      // As one text, whatever lines it was broken into.
      .replace(/\s+/g, ' ');
    const errors = PAGE.slice(
      PAGE.indexOf('## Stuck leases'),
      PAGE.indexOf('### A connection that leads elsewhere'),
    )
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .flatMap(line => [...line.split(' | ')[0].matchAll(/`([^`]+)`/g)])
      .flatMap(([, error]) => error.split(/…|: /))
      .map(piece => piece.trim())
      .filter(piece => piece.length > 3);
    expect(errors.length).toBeGreaterThan(30);
    expect(errors.filter(piece => !code.includes(piece))).toEqual([]);
  });
});
