import { Successor } from '../Moment';
import { rows } from '../rows';
import { Glass } from './Glass';
import { endsLaterByWord, keepsNoLonger, letInByWord } from './glassInvariants';
import { GlassSuccessor } from './GlassMoment';

/** What a step of the world is to the whole. Nothing is calm while the catalog is away but its coming back. */
export function inGlass(
  base: Glass,
  { label, state, calm, broken }: Successor,
): GlassSuccessor {
  const glass: Glass = { ...base, past: [...base.past], world: state };
  if (state.now > base.world.now) {
    glass.looked = false;
  }
  for (const index of [0, 1] as const) {
    const was = base.world.leases[index];
    // What was never granted needs no review.
    if (
      typeof was !== 'string' &&
      typeof state.leases[index] === 'string' &&
      was.state !== 'approved' &&
      was.breakGlass &&
      was.reviewedAt === undefined
    ) {
      glass.past[index] = { ...was, state: 'revoked' };
    }
  }
  let wrong = broken;
  if (state.hand === 'eligible' && base.world.hand === 'calling') {
    const { leaseId } = base.world.entitlement!.call!;
    const asked = rows(base.world).find(({ id }) => id === leaseId);
    wrong ??= letInByWord(base, asked?.breakGlass === true);
  }
  if (isMovedByApproval(base, state)) {
    const { from, byMs } = base.world.later!;
    glass.approvedUntil = from + byMs;
    wrong ??= endsLaterByWord(base);
  }
  if (state.now > base.world.now) {
    wrong ??= keepsNoLonger(base);
  }
  return { label, glass, calm: calm && base.catalog.answers, broken: wrong };
}

function isMovedByApproval({ world }: Glass, state: Glass['world']): boolean {
  const [was] = world.leases;
  const [is] = state.leases;
  return (
    world.later !== undefined &&
    state.later === undefined &&
    typeof was !== 'string' &&
    typeof is !== 'string' &&
    (is.expiresAt ?? 0) > (was.expiresAt ?? 0)
  );
}
