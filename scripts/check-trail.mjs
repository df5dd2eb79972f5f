// Checks an export of the whole trail against its keys, and against the checkpoints in the auditor's log. Names, for each lease with one, the first
// event that is broken, missing or written anew.
//
//   JIT_EVENT_KEYS='[{"id":"2026","secret":"…"}]' node scripts/check-trail.mjs [--checkpoints audit.log] < export.ndjson
//
// The log holds one JSON object a line, as a backend in production writes it; other lines are passed over. Needs nothing but Node. Ends with 1 when
// something is wrong.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [option, log, ...rest] = process.argv.slice(2);
if (rest.length || (option && (option !== '--checkpoints' || !log))) {
  console.error(
    'Usage: check-trail.mjs [--checkpoints <log of the auditor>] < export.ndjson',
  );
  process.exit(2);
}

const keys = new Map(
  JSON.parse(process.env.JIT_EVENT_KEYS ?? '[]').map(key => [
    key.id,
    key.secret,
  ]),
);
/** The first fault of each lease, and what is wrong with the files themselves. */
const faults = new Map();
const told = log ? await readCheckpoints(log) : new Map();
const chains = await readExport();
for (const [leaseId, heads] of told) {
  compareEnds(leaseId, heads);
}

for (const fault of faults.values()) {
  console.error(fault);
}
const events = [...chains.values()].reduce((n, each) => n + each.sequence, 0);
console.log(
  JSON.stringify({ leases: chains.size, events, leasesTold: told.size }),
);
process.exitCode = faults.size > 0 ? 1 : 0;

function fault(subject, sentence) {
  if (!faults.has(subject)) {
    faults.set(subject, sentence);
  }
}

/** What the auditor was told, by lease: the last event of its history each time. */
async function readCheckpoints(file) {
  const byLease = new Map();
  let last;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const checkpoint = checkpointOf(line);
    if (!checkpoint) {
      continue;
    }
    const { number, heads = [], removed = [] } = checkpoint;
    if (last !== undefined && number > last + 1) {
      fault(
        `checkpoint ${last + 1}`,
        `Checkpoint ${last + 1} is missing in the log`,
      );
    } else if (last !== undefined && number < last) {
      fault(
        `checkpoint ${number}`,
        `After checkpoint ${last} comes ${number}: an older copy of the ledger was put in its place`,
      );
    }
    last = number;
    for (const head of heads) {
      const [leaseId, sequence, hmac] = head.split(' ');
      const known = byLease.get(leaseId) ?? { heads: new Map() };
      // The first word counts: a ledger that was changed since is told of as it is now.
      if (!known.heads.has(Number(sequence))) {
        known.heads.set(Number(sequence), { hmac, number });
      }
      byLease.set(leaseId, known);
    }
    for (const event of removed) {
      const known = byLease.get(event.leaseId);
      if (known) {
        checkRemoval(event, known);
        // A thing that comes to light again later begins a history of its own.
        byLease.delete(event.leaseId);
      }
    }
  }
  if (last === undefined) {
    fault('log', `There is no checkpoint in ${file}`);
  }
  return byLease;
}

function checkpointOf(line) {
  if (!line.includes('jit-checkpoint')) {
    return undefined;
  }
  try {
    const { eventId, status, meta } = JSON.parse(line);
    return eventId === 'jit-checkpoint' && status === 'succeeded'
      ? meta
      : undefined;
  } catch {
    return undefined;
  }
}

/** Follows each lease's chain through the export, and keeps of it only where it has got to. */
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
    const chain = byLease.get(entry.leaseId) ?? {
      sequence: 0,
      hmac: '',
      early: new Map(),
    };
    byLease.set(entry.leaseId, chain);
    // In order of time, which is not that of the history when the database's clock was put back.
    chain.early.set(entry.sequence, entry);
    for (;;) {
      const next = chain.early.get(chain.sequence + 1);
      if (!next) {
        break;
      }
      chain.early.delete(next.sequence);
      follow(chain, next);
    }
  }
  if (said !== read) {
    fault('export', 'The export is not whole: it was cut off');
  }
  for (const [leaseId, { sequence, early }] of byLease) {
    if (early.size > 0) {
      fault(leaseId, `Event ${sequence + 1} of lease ${leaseId} is missing`);
    }
  }
  return byLease;
}

function follow(chain, event) {
  const { leaseId, sequence, hmac, keyId } = event;
  const where = `Event ${sequence} of lease ${leaseId}`;
  const known = told.get(leaseId)?.heads;
  if (!keys.has(keyId)) {
    fault(leaseId, `${where} is signed with key ${keyId}, which is not given`);
  } else if (!isSigned(event, chain.hmac)) {
    fault(leaseId, `${where} is not what was signed`);
  } else if (known?.has(sequence) && known.get(sequence).hmac !== hmac) {
    const { number } = known.get(sequence);
    const from = (chain.agreed ?? 0) + 1;
    const first =
      from === sequence ? where : `${where}, or one since event ${from},`;
    fault(
      leaseId,
      `${first} was written anew: checkpoint ${number} knew another`,
    );
  }
  if (known?.get(sequence)?.hmac === hmac) {
    chain.agreed = sequence;
  }
  chain.sequence = sequence;
  chain.hmac = hmac;
}

/** Whether the backend itself removed a lease, because its time was over. */
function checkRemoval(event, { heads }) {
  const { sequence, leaseId } = event;
  const last = Math.max(...heads.keys());
  if (sequence !== last + 1 || !isSigned(event, heads.get(last).hmac)) {
    fault(
      leaseId,
      `Lease ${leaseId} was removed, and what says so is not what was signed`,
    );
  }
}

/** Whether all that the auditor was told of a lease is still there. */
function compareEnds(leaseId, { heads }) {
  const last = Math.max(...heads.keys());
  const { number } = heads.get(last);
  const { sequence } = chains.get(leaseId) ?? {};
  if (sequence === undefined) {
    fault(
      leaseId,
      `Lease ${leaseId} is missing: checkpoint ${number} knew ${last} events of it`,
    );
  } else if (sequence < last) {
    fault(
      leaseId,
      `Event ${
        sequence + 1
      } of lease ${leaseId} is missing: checkpoint ${number} knew ${last}`,
    );
  }
}

function isSigned({ hmac, ...event }, previous) {
  const secret = keys.get(event.keyId);
  if (secret === undefined) {
    return false;
  }
  const wanted = createHmac('sha256', secret)
    .update(canonical({ ...event, previous }))
    .digest();
  const given = Buffer.from(String(hmac), 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
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
