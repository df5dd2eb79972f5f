import { JsonObject } from '@backstage/types';
import { spawnSync } from 'node:child_process';
import {
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { toRow } from '../database/columns';
import { insertEvents } from '../database/operations/events/insertEvents';
import { leaseColumns, TABLES } from '../database/tables';
import { activeLease } from '../leases/__testUtils__/activeLease';
import { backendConfig, EVENT_KEYS } from './__testUtils__/backendConfig';
import { BackendProcess } from './__testUtils__/BackendProcess';
import { CrashLedger, createCrashLedger } from './__testUtils__/CrashLedger';
import { PEOPLE } from './__testUtils__/crew';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(180_000);

const LEASES = 1_000;
const EVENTS_EACH = 100;
const CHECK = resolve(__dirname, '../../../../scripts/check-trail.mjs');

/** Hardly more than the backend needs by itself. The trail has 25 MB as text, and some hundred as objects. */
const HEAP_MB = 256;

it('exports 100,000 events from a real backend that has no memory for them, and they stand up to the checkpoints in its log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jit-export-'));
  const ledger = await createCrashLedger('postgres');
  const backend = BackendProcess.spawn({ heapMb: HEAP_MB });
  try {
    await backend.start({ config: configFor(ledger) });
    await fill(ledger);
    const file = join(folder, 'export.ndjson');
    const call = async (path: string, method: string) =>
      await fetch(`${backend.url}/api/jit${path}`, {
        method,
        headers: { authorization: `Bearer ${backend.as(PEOPLE[0]).token}` },
      });
    const { body, status } = await call('/v1/events/export', 'GET');
    expect(status).toBe(200);
    await pipeline(
      Readable.fromWeb(body as ReadableStream),
      createWriteStream(file),
    );

    await call('/.backstage/scheduler/v1/tasks/jit-checkpoint/trigger', 'POST');
    await waitFor(
      { what: 'the last lease to be told of', withinMs: 60_000 },
      async () => told(backend).size === LEASES,
    );
    const log = join(folder, 'audit.log');
    writeFileSync(log, backend.wholeLog);
    const {
      stdout,
      stderr,
      status: code,
    } = spawnSync(process.execPath, [CHECK, '--checkpoints', log], {
      input: readFileSync(file),
      encoding: 'utf8',
      env: { JIT_EVENT_KEYS: JSON.stringify(EVENT_KEYS) },
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      leases: LEASES,
      events: LEASES * EVENTS_EACH,
      leasesTold: LEASES,
    });
  } finally {
    await backend.kill();
    await ledger.remove();
    rmSync(folder, { recursive: true });
  }
});

function configFor(ledger: CrashLedger): JsonObject {
  const { jit, ...rest } = backendConfig({
    database: ledger.config('trail'),
    worldUrl: 'http://127.0.0.1:9',
  });
  return {
    ...rest,
    jit: { ...(jit as JsonObject), operators: ['group:default/crew'] },
  };
}

/** Writes leases that are over, each with a long history. */
async function fill({ ledger }: CrashLedger): Promise<void> {
  const now = await ledger.clock.now(ledger.knex);
  for (let n = 0; n < LEASES; n += 1) {
    const at = now - n;
    const lease = {
      ...activeLease(),
      id: `0000000${n}`.slice(-8).padEnd(36, '-'),
      state: 'revoked' as const,
      endedAt: at,
      eventSequence: 0,
      eventHead: '',
    };
    const drafts = Array.from({ length: EVENTS_EACH }, (_, place) => ({
      leaseId: lease.id,
      type: 'credentials.issued',
      actor: lease.subject,
      why: `For the ${place}th time`,
    }));
    await insertEvents(ledger, ledger.chain.append(lease, drafts, at));
    await ledger.knex(TABLES.leases).insert(toRow(leaseColumns, lease));
  }
}

/** The leases that the auditor has been told of, by the log. */
function told(backend: BackendProcess): Set<string> {
  return new Set(
    backend.wholeLog
      .split('\n')
      .filter(line => line.includes('"heads"'))
      .flatMap(line => JSON.parse(line).meta.heads as string[])
      .map(head => head.split(' ')[0]),
  );
}
