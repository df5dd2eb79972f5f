// Checks an export of the whole trail against its keys, and says what it comes down to, to be compared with a checkpoint of the auditor.
//
//   JIT_EVENT_KEYS='[{"id":"2026","secret":"…"}]' node scripts/check-trail.mjs [--until 2026-11-23T09:00:00Z] < export.ndjson
//
// Needs nothing but Node. Ends with 1 when something is wrong.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createInterface } from 'node:readline';

const [option, instant] = process.argv.slice(2);
const until = option === '--until' ? Date.parse(instant) : Infinity;
if (Number.isNaN(until) || ![undefined, '--until'].includes(option)) {
  console.error('Usage: check-trail.mjs [--until <ISO 8601>] < export.ndjson');
  process.exit(2);
}

const keys = new Map(
  JSON.parse(process.env.JIT_EVENT_KEYS ?? '[]').map(key => [
    key.id,
    key.secret,
  ]),
);
const { histories, isWhole } = await readExport();
const faults = isWhole ? [] : ['The export is not whole: it was cut off'];
const heads = createHash('sha256');
let events = 0;
for (const id of [...histories.keys()].sort()) {
  const history = histories.get(id).sort((a, b) => a.sequence - b.sequence);
  faults.push(...faultsOf(history));
  const { sequence, hmac } = history.at(-1);
  heads.update(`${id} ${sequence} ${hmac}\n`);
  events += history.length;
}
for (const fault of faults) {
  console.error(fault);
}
const headsHash = heads.digest('hex');
console.log(JSON.stringify({ leases: histories.size, events, headsHash }));
process.exitCode = faults.length > 0 ? 1 : 0;

/** The events by lease, as far as `until`; and whether the last line says that nothing is missing. */
async function readExport() {
  const byLease = new Map();
  let read = 0;
  let said;
  for await (const line of createInterface({ input: process.stdin })) {
    const entry = JSON.parse(line);
    if (entry.end) {
      said = entry.end.events;
      continue;
    }
    read += 1;
    if (entry.at <= until) {
      byLease.set(entry.leaseId, [
        ...(byLease.get(entry.leaseId) ?? []),
        entry,
      ]);
    }
  }
  return { histories: byLease, isWhole: said === read };
}

/** What is wrong with a lease's history, a sentence each. */
function faultsOf(history) {
  let previous = '';
  return history.flatMap(({ hmac, ...event }, index) => {
    const where = `Event ${event.sequence} of lease ${event.leaseId}`;
    const secret = keys.get(event.keyId);
    const wanted =
      secret && sign(secret, canonical({ ...event, previous })).digest();
    previous = hmac;
    if (event.sequence !== index + 1) {
      return [`${where} does not follow the one before it`];
    }
    if (!wanted) {
      return [`${where} is signed with key ${event.keyId}, which is not given`];
    }
    const given = Buffer.from(hmac, 'hex');
    return given.length === wanted.length && timingSafeEqual(given, wanted)
      ? []
      : [`${where} is not what was signed`];
  });
}

function sign(secret, text) {
  return createHmac('sha256', secret).update(text);
}

/** JSON with the keys of every object in order. */
function canonical(value) {
  return JSON.stringify(value, (_key, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : each,
  );
}
