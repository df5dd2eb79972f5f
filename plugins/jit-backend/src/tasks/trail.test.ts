import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { RecordingAuditor } from '../__testUtils__/RecordingAuditor';
import { fromRow, toRow } from '../database/columns';
import { exportEvents } from '../database/operations/events/exportEvents';
import { eventColumns, TABLES } from '../database/tables';
import { removeOldLeases } from './removeOldLeases';
import { writeCheckpoint } from './writeCheckpoint';

jest.setTimeout(60_000);

const SCRIPT = join(
  resolvePackagePath('@backstage-jit/plugin-jit-backend', '../..'),
  'scripts/check-trail.mjs',
);
const DAY = 24 * 3_600_000;
const MONTH = 30 * DAY;

onBothDatabases('the trail', database => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jit-trail-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Three leases, told to the auditor while they live; the first has ended since, which it was told as well. */
  async function withTrail() {
    const bench = await EngineBench.create(await database.open());
    const { ledger } = bench;
    const engine = bench.engine();
    const auditor = new RecordingAuditor();
    const checkpoint = () => writeCheckpoint({ ledger, auditor });
    const [a, b, c] = [await bench.ask(), await bench.ask(), await bench.ask()];
    await bench.work(engine);
    for (let n = 0; n < 2; n += 1) {
      await checkpoint();
      bench.clock.advance(11 * 60_000);
    }
    await bench.wishEnd(a);
    await bench.run(
      [engine],
      async () => (await bench.lease(a)).state === 'revoked',
    );
    await checkpoint();
    await engine.stop();

    const readEvents = async () => {
      const events: object[] = [];
      for await (const page of exportEvents(ledger, { pageSize: 2 })) {
        events.push(...page);
      }
      return events;
    };
    const check = async (files?: { lines?: object[]; log?: object[] }) => {
      const events = await readEvents();
      const lines = files?.lines ?? [
        ...events,
        { end: { events: events.length } },
      ];
      return await runCheck(folder, lines, files?.log ?? logOf(auditor));
    };
    return { bench, auditor, checkpoint, a, b, c, readEvents, check };
  }

  it('tells the auditor what has changed, and finds a whole trail whole', async () => {
    const { auditor, checkpoint, bench, a, check } = await withTrail();
    const [first, again, third] = auditor.events.map(({ meta }) => meta);
    expect(first).toMatchObject({ number: 1, heads: expect.any(Array) });
    expect(first.heads).toHaveLength(3);
    // What was written just before a checkpoint may not have been there yet.
    expect(again).toMatchObject({ number: 2, heads: first.heads });
    const { eventSequence, eventHead } = await bench.lease(a);
    expect(third).toMatchObject({
      number: 3,
      heads: [`${a} ${eventSequence} ${eventHead}`],
    });
    for (let n = 0; n < 2; n += 1) {
      bench.clock.advance(11 * 60_000);
      await checkpoint();
    }
    expect(auditor.events[4].meta).toMatchObject({ number: 5, heads: [] });
    expect(await check()).toEqual({
      code: 0,
      said: { leases: 3, events: 11, leasesTold: 3 },
      faults: [],
    });
  });

  it('names an event that was edited, by whoever has not the key', async () => {
    const { bench, a, check } = await withTrail();
    await bench.ledger
      .knex(TABLES.events)
      .where({ lease_id: a, sequence: 2 })
      .update({ actor: 'user:default/mallory' });
    expect(await check()).toMatchObject({
      code: 1,
      faults: [`Event 2 of lease ${a} is not what was signed`],
    });
  });

  it('names the first event that is missing: in the middle, and at the end with all traces of it', async () => {
    const { bench, a, b, check } = await withTrail();
    const { knex } = bench.ledger;
    await knex(TABLES.events).where({ lease_id: a, sequence: 2 }).delete();
    await cutOffLast(bench, b);
    expect((await check()).faults.sort()).toEqual(
      [
        `Event 2 of lease ${a} is missing`,
        `Event 3 of lease ${b} is missing: checkpoint 1 knew 3`,
      ].sort(),
    );
  });

  it('names a lease that was removed with all of its history', async () => {
    const { bench, c, check } = await withTrail();
    await bench.ledger.knex(TABLES.events).where({ lease_id: c }).delete();
    await bench.ledger.knex(TABLES.leases).where({ id: c }).delete();
    expect(await check()).toMatchObject({
      code: 1,
      faults: [`Lease ${c} is missing: checkpoint 1 knew 3 events of it`],
    });
  });

  it('names a chain that was computed anew with the key, also when checkpoints followed', async () => {
    const { bench, checkpoint, a, check } = await withTrail();
    await computeAnew(bench, a, 2);
    // The chain itself is right again.
    await expect(bench.story(a)).resolves.toHaveLength(5);
    await checkpoint();
    expect(await check()).toMatchObject({
      code: 1,
      faults: [
        `Event 3 of lease ${a}, or one since event 1, was written anew: checkpoint 1 knew another`,
      ],
    });
  });

  it('says when a file is not whole: an export, a log with a gap, an older copy of the ledger', async () => {
    const { bench, auditor, checkpoint, readEvents, check } = await withTrail();
    expect(await check({ lines: await readEvents() })).toMatchObject({
      code: 1,
      faults: ['The export is not whole: it was cut off'],
    });
    const [first, , third] = logOf(auditor);
    expect((await check({ log: [first, third] })).faults).toEqual([
      'Checkpoint 2 is missing in the log',
    ]);
    await bench.ledger
      .knex(TABLES.meta)
      .where({ key: 'checkpoint' })
      .update({ value: JSON.stringify({ number: 1 }) });
    await checkpoint();
    expect((await check()).faults).toEqual([
      'After checkpoint 3 comes 2: an older copy of the ledger was put in its place',
    ]);
  });

  it('removes what is over for so long, whole, and says so: that is not taken for a deletion', async () => {
    const { bench, auditor, checkpoint, a, b, c, check } = await withTrail();
    const { ledger, clock } = bench;
    const retain = () => removeOldLeases({ ledger, keepMs: MONTH });
    clock.advance(MONTH - DAY);
    expect(await retain()).toBe(0);
    clock.advance(2 * DAY);
    expect(await retain()).toBe(1);
    expect((await bench.leases()).map(({ id }) => id)).toEqual([b, c].sort());
    const left = await ledger.knex(TABLES.events).where({ lease_id: a });
    expect(left).toEqual([]);
    expect((await check()).faults).toEqual([
      `Lease ${a} is missing: checkpoint 3 knew 5 events of it`,
    ]);

    await checkpoint();
    expect(auditor.events.at(-1)?.meta.removed).toMatchObject([
      { leaseId: a, sequence: 6, type: 'lease.removed' },
    ]);
    expect(await check()).toMatchObject({ code: 0, faults: [] });
    expect(await ledger.knex(TABLES.removed)).toEqual([]);
    expect(await retain()).toBe(0);
  });

  it('does not believe a removal that the backend has not signed', async () => {
    const { bench, checkpoint, b, check } = await withTrail();
    const { knex } = bench.ledger;
    await knex(TABLES.events).where({ lease_id: b }).delete();
    await knex(TABLES.leases).where({ id: b }).delete();
    await knex(TABLES.removed).insert({
      lease_id: b,
      event: JSON.stringify({
        leaseId: b,
        sequence: 4,
        type: 'lease.removed',
        keyId: 'k1',
        hmac: 'ab'.repeat(32),
      }),
    });
    await checkpoint();
    expect((await check()).faults).toEqual([
      `Lease ${b} was removed, and what says so is not what was signed`,
    ]);
  });

  it('keeps the parts of one request together until all of them are over for long enough', async () => {
    const bench = await EngineBench.create(await database.open());
    const { ledger, clock } = bench;
    const engine = bench.engine();
    const ids = await bench.askBundle([{}, {}], { durationMs: 3 * MONTH });
    await bench.run(
      [engine],
      async () => (await bench.lease(ids[1])).state === 'active',
    );
    await ledger
      .knex(TABLES.leases)
      .where({ id: ids[0] })
      .update({ state: 'revoked', ended_at: await clock.now(ledger.knex) });
    clock.advance(2 * MONTH);
    expect(await removeOldLeases({ ledger, keepMs: MONTH })).toBe(0);
    await ledger
      .knex(TABLES.leases)
      .update({ state: 'revoked', ended_at: await clock.now(ledger.knex) });
    clock.advance(MONTH + 1);
    // A last copy of one of them is still there.
    const now = await clock.now(ledger.knex);
    const one = ledger.knex(TABLES.leases).where({ id: ids[1] });
    await one.clone().update({ kept_until: now });
    expect(await removeOldLeases({ ledger, keepMs: MONTH })).toBe(0);
    await one.clone().update({ kept_until: null, break_glass: true });
    // Nobody has reviewed it: as long as that is so, its holder breaks no other.
    expect(await removeOldLeases({ ledger, keepMs: MONTH })).toBe(0);
    await one.clone().update({ reviewed_at: now });
    expect(await removeOldLeases({ ledger, keepMs: MONTH })).toBe(2);
    await engine.stop();
  });
});

/** The auditor's log as a backend in production writes it, among other lines. */
function logOf(auditor: RecordingAuditor): object[] {
  return auditor.events.map(event => ({
    level: 'info',
    message: `jit.${event.eventId}`,
    ...event,
  }));
}

async function runCheck(
  folder: string,
  lines: object[],
  log: object[],
): Promise<{ code: number; said: object; faults: string[] }> {
  const file = join(folder, 'audit.log');
  const other = '{"message":"Listening"}\nno JSON, but jit-checkpoint\n';
  writeFileSync(file, other + asLines(log));
  const child = spawn(process.execPath, [SCRIPT, '--checkpoints', file], {
    env: {
      JIT_EVENT_KEYS: JSON.stringify([{ id: 'k1', secret: 'only for tests' }]),
    },
  });
  const code = new Promise<number>(resolve => {
    child.on('close', resolve);
  });
  child.stdin.end(asLines(lines));
  const [said, faults] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
  ]);
  return {
    code: await code,
    said: JSON.parse(said),
    faults: faults.split('\n').filter(Boolean),
  };
}

function asLines(entries: object[]): string {
  return entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
}

/** As somebody would who may write the ledger: the lease's own head is put right as well. */
async function cutOffLast(bench: EngineBench, id: string): Promise<void> {
  const { knex } = bench.ledger;
  const { eventSequence } = await bench.lease(id);
  await knex(TABLES.events)
    .where({ lease_id: id, sequence: eventSequence })
    .delete();
  const { hmac } = await knex(TABLES.events)
    .where({ lease_id: id, sequence: eventSequence - 1 })
    .first();
  await knex(TABLES.leases)
    .where({ id })
    .update({ event_sequence: eventSequence - 1, event_head: hmac });
}

/** As somebody would who has the key as well: an event is changed, and the chain signed again from the beginning. */
async function computeAnew(
  bench: EngineBench,
  id: string,
  sequence: number,
): Promise<void> {
  const { knex, chain } = bench.ledger;
  const rows = await knex(TABLES.events)
    .where({ lease_id: id })
    .orderBy('sequence');
  const lease = {
    ...(await bench.lease(id)),
    eventSequence: 0,
    eventHead: '',
  };
  for (const row of rows) {
    const {
      sequence: place,
      at,
      keyId: _key,
      hmac: _hmac,
      ...draft
    } = fromRow(eventColumns, row);
    if (place === sequence) {
      draft.actor = 'user:default/mallory';
    }
    const [event] = chain.append(lease, [draft], at);
    await knex(TABLES.events)
      .where({ lease_id: id, sequence: place })
      .update(toRow(eventColumns, event));
  }
  await knex(TABLES.leases)
    .where({ id })
    .update({ event_head: lease.eventHead });
}
