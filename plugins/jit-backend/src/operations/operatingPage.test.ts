import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { isPostgres } from '../database/dialect';
import { writeReport } from '../database/operations/reconcile/reports';
import { TABLES } from '../database/tables';
import { openapi } from '../schema/openapi';

jest.setTimeout(60_000);

const CHECKOUT = resolvePackagePath(
  '@backstage-jit/plugin-jit-backend',
  '../..',
);
const PAGE = readFileSync(join(CHECKOUT, 'docs/operating.md'), 'utf8');

/** The statement of the page that has these words in it. */
function statement(words: string): string {
  const found = [...PAGE.matchAll(/```sql\n([^]*?)```/g)]
    .map(([, sql]) => sql)
    .filter(sql => sql.includes(words));
  expect(found).toHaveLength(1);
  return found[0];
}

onBothDatabases('what operators copy', database => {
  async function withLeases() {
    const bench = await EngineBench.create(await database.open());
    const engine = bench.engine();
    const ids = [await bench.ask(), await bench.ask(), await bench.ask()];
    await bench.work(engine);
    await engine.stop();
    const { knex } = bench.ledger;
    const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => {
      const result = await knex.raw(sql);
      return isPostgres(knex) ? result.rows : result;
    };
    return { bench, ids, rowsOf };
  }

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

  it('names every task of the scheduler, and no other', () => {
    const tasks = ['plugin.ts', 'tasks/scheduleTasks.ts']
      .map(path => join(CHECKOUT, 'plugins/jit-backend/src', path))
      .flatMap(path => [
        ...readFileSync(path, 'utf8').matchAll(/\bid: '(jit-[a-z-]+)'/g),
      ])
      .map(([, id]) => id);
    const rows = [...PAGE.matchAll(/^\| `(jit-[a-z-]+)`/gm)].map(
      ([, id]) => id,
    );
    expect(rows.sort()).toEqual(tasks.sort());
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
