import { Instant } from '../../leases/records';
import { NOW, toCode } from '../codes';
import { UNIT } from '../Configuration';
import { decode } from '../decode';
import { encode } from '../encode';
import { Reader } from '../Reader';
import { Glass, GlassConfiguration } from './Glass';
import { LeaseMaker } from './glassLease';
import { COPY_HOLDS } from './GlassRules';
import { ALL_PERSONS, groupsOf, ON_CALL } from './persons';

const SEPARATOR = '\uffff';

const INDICES = [0, 1] as const;

/** As {@link encode}: equal for what nothing can tell apart. */
export function encodeGlass(
  glass: Glass,
  configuration: GlassConfiguration,
): string {
  const { world, catalog, looked, budget } = glass;
  const { now } = world;
  const active = INDICES.some(index => isActive(glass, index));
  const copy = isCopyOfUse(glass, configuration) ? glass.copy : undefined;
  const reviewed = configuration.twice && world.leases[1] === 'unasked';
  const codes = [
    (catalog.answers ? 1 : 0) +
      (looked && active ? 2 : 0) +
      4 * ALL_PERSONS.indexOf(catalog.person) +
      32 * budget.outages +
      128 * budget.changes,
    copy ? 1 + ALL_PERSONS.indexOf(copy.person) : 0,
    sinceCode(copy?.takenAt, now, COPY_HOLDS),
    sinceCode(active ? glass.saysLostSince : undefined, now, 2),
    sinceCode(active ? glass.lostAt : undefined, now, 1),
    toCode(active ? glass.approvedUntil : undefined, now),
  ];
  for (const index of INDICES) {
    pushLease(glass, { index, reviewed }, codes);
  }
  return (
    String.fromCharCode(...codes) +
    SEPARATOR +
    encode(
      { ...world, budget: { ...world.budget, extensions: 0 } },
      configuration.world,
    )
  );
}

/** Of a lease what the world does not know of it. Its review counts as long as the glass can be broken again. */
function pushLease(
  { world, past }: Glass,
  { index, reviewed = false }: { index: 0 | 1; reviewed?: boolean },
  codes: number[],
): void {
  const { now } = world;
  const slot = world.leases[index];
  const over = reviewed ? past[index] : undefined;
  const lease = typeof slot === 'string' ? over : slot;
  const { breakGlass, reviewedAt, reviewDueAt } = lease ?? {};
  const isDue = reviewed && breakGlass && reviewedAt === undefined;
  codes.push(
    (lease ? 1 : 0) +
      (breakGlass ? 2 : 0) +
      (reviewed && reviewedAt !== undefined ? 4 : 0),
    toCode(isDue ? Math.max(reviewDueAt!, now) : undefined, now),
  );
  if (lease?.state === 'active') {
    codes.push(
      toCode(lease.grantedAt, now),
      sinceCode(lease.ineligibleSince, now, 1),
    );
  }
}

/** The glass that a text of {@link encodeGlass} stands for, at {@link NOW}. */
export function decodeGlass(
  key: string,
  { world: configuration }: GlassConfiguration,
  leaseMaker: LeaseMaker,
): Glass {
  const [own, world] = split(key);
  const reader = new Reader(own);
  const flags = reader.code();
  const copied = reader.code();
  const takenAt = reader.time();
  const glass: Glass = {
    world: decode(world, configuration),
    past: [undefined, undefined],
    catalog: {
      answers: (flags & 1) !== 0,
      person: ALL_PERSONS[(flags >> 2) & 7],
    },
    copy: copied
      ? { takenAt: takenAt!, person: ALL_PERSONS[copied - 1] }
      : undefined,
    looked: (flags & 2) !== 0,
    saysLostSince: reader.time(),
    lostAt: reader.time(),
    approvedUntil: reader.time(),
    budget: { outages: (flags >> 5) & 3, changes: flags >> 7 },
  };
  for (const index of INDICES) {
    readLease(glass, index, reader, leaseMaker);
  }
  const [first] = glass.world.leases;
  // What is refused costs nothing, and who breaks the glass is refused both.
  const tries = typeof first !== 'string' && first.breakGlass ? 1 : 0;
  glass.world.budget.extensions = tries;
  glass.world.budget.protections = tries;
  return glass;
}

function readLease(
  { world, past }: Glass,
  index: 0 | 1,
  reader: Reader,
  leaseMaker: LeaseMaker,
): void {
  const flags = reader.code();
  const reviewDueAt = reader.time();
  if (!flags) {
    return;
  }
  const { extensionsLeft, maximumLifeMs, protectMaximumMs, ...made } =
    leaseMaker(index, (flags & 2) !== 0);
  const ofGlass = {
    extensionsLeft,
    maximumLifeMs,
    protectMaximumMs,
    breakGlass: made.breakGlass,
    reviewDueAt,
    reviewedAt: flags & 4 ? NOW : undefined,
  };
  const slot = world.leases[index];
  if (typeof slot === 'string') {
    past[index] = { ...made, ...ofGlass, state: 'revoked' };
    return;
  }
  Object.assign(slot, ofGlass);
  if (slot.state === 'active') {
    slot.grantedAt = reader.time();
    slot.extensibleUntil = slot.grantedAt! + maximumLifeMs;
    slot.ineligibleSince = reader.time();
  }
}

function split(key: string): [string, string] {
  const at = key.indexOf(SEPARATOR);
  return [key.slice(0, at), key.slice(at + 1)];
}

function isActive({ world }: Glass, index: 0 | 1): boolean {
  const slot = world.leases[index];
  return typeof slot !== 'string' && slot.state === 'active';
}

/** While somebody may yet be let in by it. Of whom a copy says nothing, it is as if there were none. */
function isCopyOfUse(
  { copy, world, catalog, budget }: Glass,
  { twice }: GlassConfiguration,
): boolean {
  const isMember = copy && groupsOf(copy.person).includes(ON_CALL);
  return (
    isMember === true &&
    (!catalog.answers || budget.outages > 0) &&
    world.leases.some(
      (lease, index) =>
        (lease === 'unasked' && (index === 0 || twice)) ||
        (typeof lease !== 'string' && lease.state === 'approved'),
    )
  );
}

/** Longer ago than so many units makes no difference. */
function sinceCode(
  at: Instant | undefined,
  now: Instant,
  units: number,
): number {
  return toCode(at && Math.max(at, now - units * UNIT), now);
}
