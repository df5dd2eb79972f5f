import { LeaseRecord } from '../../leases/records';
import { isUnfinished, mayExistOutside } from '../../leases/states';
import { Broken } from '../Broken';
import { UNIT } from '../Configuration';
import { rows } from '../rows';
import { Glass } from './Glass';
import { COPY_HOLDS } from './GlassRules';
import { mayHold } from './persons';

/** Whoever is let in may have it, as the catalog says; while that is away, as a copy says that is young enough, and by break-glass alone. */
export function letInByWord(
  { catalog, copy, world }: Glass,
  breakGlass: boolean,
): Broken | undefined {
  if (catalog.answers) {
    return mayHold(catalog.person, breakGlass)
      ? undefined
      : broken('letInByWord', 'somebody is let in whom the rules keep out');
  }
  return breakGlass &&
    copy &&
    copy.takenAt > world.now - COPY_HOLDS * UNIT &&
    mayHold(copy.person, true)
    ? undefined
    : broken('letInByWord', 'somebody is let in by nobody’s word');
}

/** Nobody breaks the glass while theirs is broken already. */
export function brokenOnce(leases: readonly LeaseRecord[]): Broken | undefined {
  return leases.some(
    ({ breakGlass, state }) => breakGlass && isUnfinished(state),
  )
    ? broken('brokenOnce', 'the glass is broken, and broken again')
    : undefined;
}

/** Nobody breaks the glass whose review is overdue. */
export function reviewedFirst(
  leases: readonly LeaseRecord[],
  { now }: Glass['world'],
): Broken | undefined {
  return leases.some(
    ({ breakGlass, state, reviewedAt, reviewDueAt = 0 }) =>
      breakGlass &&
      (state === 'revoked' || mayExistOutside(state)) &&
      reviewedAt === undefined &&
      reviewDueAt <= now,
  )
    ? broken('reviewedFirst', 'the glass is broken before an overdue review')
    : undefined;
}

/** Nobody reviews what they did themselves, nor what others have. */
export function reviewedByAnother(
  was: LeaseRecord,
  { reviewedBy, subject, requester }: LeaseRecord,
): Broken | undefined {
  if (was.reviewedAt !== undefined) {
    return broken('reviewedByAnother', `${was.id} is reviewed twice`);
  }
  return reviewedBy === subject || reviewedBy === requester
    ? broken('reviewedByAnother', `${was.id} is reviewed by its own subject`)
    : undefined;
}

/** Who loses a lease has lost the right to it a look ago, by the word of the catalog. */
export function endsWhoLost(
  { catalog, lostAt, world }: Glass,
  { breakGlass }: LeaseRecord,
): Broken | undefined {
  return catalog.answers &&
    !mayHold(catalog.person, breakGlass === true) &&
    lostAt !== undefined &&
    lostAt <= world.now - UNIT
    ? undefined
    : broken('endsWhoLost', 'somebody loses what they may have');
}

/** Who has lost the right does not keep a lease for longer than two looks. */
export function keepsNoLonger({
  world,
  saysLostSince,
}: Glass): Broken | undefined {
  return saysLostSince !== undefined &&
    saysLostSince <= world.now - 2 * UNIT &&
    rows(world).some(({ state, endWish }) => state === 'active' && !endWish)
    ? broken('keepsNoLonger', 'somebody keeps what they may not have any more')
    : undefined;
}

/** A broken glass lasts as long as was asked for, unless people approve a later end. */
export function lastsAsAsked({
  world,
  approvedUntil = 0,
}: Glass): Broken | undefined {
  return rows(world).some(
    ({ state, breakGlass, grantedAt = 0, durationMs, expiresAt = 0 }) =>
      state === 'active' &&
      breakGlass &&
      expiresAt > Math.max(grantedAt + durationMs, approvedUntil),
  )
    ? broken('lastsAsAsked', 'a broken glass lasts longer, and nobody approved')
    : undefined;
}

/** Its end is moved only while the catalog says that the person may have it. */
export function endsLaterByWord({ catalog }: Glass): Broken | undefined {
  return catalog.answers && mayHold(catalog.person, true)
    ? undefined
    : broken('endsLaterByWord', 'an end is moved by nobody’s word');
}

function broken(invariant: string, detail: string): Broken {
  return { invariant, detail };
}
