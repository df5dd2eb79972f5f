import { EntitlementRecord, PendingCall } from '../leases/records';
import {
  HANDS,
  MAYBE,
  NOW,
  OLDEST,
  OPERATIONS,
  REMOVALS,
  STATES,
} from './codes';
import { Configuration, UNIT } from './Configuration';
import { Budget, LeaseSlot, ModelState } from './ModelState';
import { Reader } from './Reader';
import { readLater } from './laterCodes';
import { IDS, newEntitlement, newLease, SOMEONE } from './rows';
import { readSweep } from './sweep/sweepCodes';

const END_WISH = { reason: 'ended', actor: SOMEONE, at: NOW } as const;

const ASKED = { requestId: 'later', from: NOW, byMs: UNIT } as const;

/** The state that a text of {@link encode} stands for, at {@link NOW}. */
export function decode(key: string, configuration: Configuration): ModelState {
  const reader = new Reader(key);
  const world = reader.code();
  const hand = reader.code();
  const state: ModelState = {
    now: NOW,
    entitlement: undefined,
    nextAt: undefined,
    turnAt: undefined,
    present: (world & 1) !== 0,
    diedByItself: (world & 2) !== 0,
    down: (world & 4) !== 0,
    repointed: (world & 8) !== 0,
    closed: (world & 16) !== 0,
    late: world >> 5,
    hand: hand ? HANDS[hand - 1] : undefined,
    presentUntil: reader.time(),
    changedAt: reader.time(),
    pausedUntil: reader.time(),
    claimUntil: reader.time(),
    budget: readBudget(reader),
    leases: [
      readLease(0, reader, configuration),
      readLease(1, reader, configuration),
    ],
    use: { at: [] },
    flights: [],
  };
  const flags = reader.code();
  if (flags) {
    state.entitlement = readEntitlement(flags, reader, configuration);
    state.nextAt = reader.time();
    state.turnAt = reader.time();
  }
  if (configuration.used) {
    readUse(state, reader);
  }
  if (configuration.decided) {
    readLater(state, reader);
  }
  if (configuration.swept) {
    state.sweep = readSweep(reader);
    const backup = reader.take(reader.code());
    state.sweep.backup = backup ? decode(backup, configuration) : undefined;
  }
  while (reader.hasMore()) {
    state.flights.push({
      operation: OPERATIONS[reader.code()],
      landsUntil: reader.time()!,
      notAfter: reader.time(),
    });
  }
  return state;
}

function readBudget(reader: Reader): Budget {
  const faults = reader.code();
  const others = reader.code();
  return {
    crashes: faults & 3,
    unknowns: (faults >> 2) & 3,
    failures: faults >> 4,
    downs: others & 1,
    repoints: (others >> 1) & 1,
    extensions: (others >> 2) & 3,
    mints: (others >> 4) & 3,
    retries: others >> 6,
    uses: 0,
    protections: 0,
    asks: 0,
  };
}

function readUse(state: ModelState, reader: Reader): void {
  const packed = reader.code();
  state.budget.uses = packed & 3;
  state.budget.protections = (packed >> 2) & 3;
  const [lease] = state.leases;
  if (!(packed & 16) || typeof lease === 'string') {
    return;
  }
  lease.grantedAt = reader.time();
  lease.lastActivityAt = reader.time();
  lease.activitySeenUntil = reader.time();
  lease.idleWarnedAt = reader.time();
  lease.protectedUntil = reader.time();
  lease.budgetWarnedAt = reader.code() ? NOW : undefined;
  const length = reader.code();
  state.use.at = Array.from({ length }, () => reader.time()!);
  const beganAt = reader.time();
  const lastUse = reader.time();
  state.use.look = beganAt === undefined ? undefined : { beganAt, lastUse };
}

function readLease(
  index: 0 | 1,
  reader: Reader,
  configuration: Configuration,
): LeaseSlot {
  const packed = reader.code();
  if (packed === 128) {
    return 'revoked';
  }
  if (packed < 2) {
    return packed === 0 ? 'unasked' : 'over';
  }
  const lease = newLease(index, NOW, configuration);
  const state = STATES[(packed & 7) - 2];
  const at = reader.time();
  lease.state = state;
  lease.awaitsParts = packed & 16 ? true : undefined;
  lease.endWish = packed & 8 ? END_WISH : undefined;
  lease.startsAt = state === 'approved' ? at! : NOW;
  lease.grantDueAt = state === 'granting' ? at : undefined;
  lease.expiresAt = state === 'active' ? at : undefined;
  lease.keptUntil = state === 'revoking' ? at : undefined;
  lease.grantedAt = packed & 32 ? NOW : undefined;
  lease.extensionAsked = packed & 64 ? ASKED : undefined;
  lease.extensibleUntil = NOW + lease.maximumLifeMs;
  lease.retryAt = reader.time();
  return lease;
}

function readEntitlement(
  flags: number,
  reader: Reader,
  configuration: Configuration,
): EntitlementRecord {
  const entitlement = newEntitlement(configuration);
  entitlement.heldBefore = MAYBE[(flags >> 1) & 3];
  entitlement.removal = REMOVALS[(flags >> 3) & 3];
  entitlement.attempted = (flags & 32) !== 0;
  entitlement.identity = flags & 64 ? 'ours' : undefined;
  entitlement.call = readCall(reader);
  entitlement.fenceUntil = reader.time();
  entitlement.absentSince = reader.time();
  entitlement.outsideUntil = reader.time();
  return entitlement;
}

function readCall(reader: Reader): PendingCall | undefined {
  const operation = reader.code();
  if (operation === 0) {
    return undefined;
  }
  return {
    operation: OPERATIONS[operation - 1],
    leaseId: IDS[reader.code()],
    landsUntil: reader.time()!,
    startedAt: reader.time() ?? NOW + OLDEST * UNIT,
    notAfter: reader.time(),
  };
}
