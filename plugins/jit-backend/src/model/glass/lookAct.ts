import { LeaseRecord } from '../../leases/records';
import { UNIT } from '../Configuration';
import { unlessRefused } from '../unlessRefused';
import { Glass } from './Glass';
import { PROFILE } from './glassLease';
import { endsWhoLost } from './glassInvariants';
import { GlassMoment } from './GlassMoment';
import { outcomeOfCatalog } from './outcomeNow';

const ACTOR = 'system:eligibility';

/** Whether time stands until it is looked at again: that happens once at each instant at which the catalog answers. */
export function isToBeLookedAt(glass: Glass): boolean {
  return (
    glass.catalog.answers && !glass.looked && activeOf(glass) !== undefined
  );
}

/** As `recheckEligibility` does it for one lease, in one step. */
export function lookAct(moment: GlassMoment, calm: boolean): void {
  const { base, copy, emit, rules } = moment;
  const { now } = base.world;
  const index = activeOf(base);
  if (index === undefined || base.looked) {
    return;
  }
  const glass = copy();
  glass.looked = true;
  const lease = glass.world.leases[index] as LeaseRecord;
  const outcome = outcomeOfCatalog(base, lease.breakGlass === true, rules);
  const suspicion = rules.suspicionBy(outcome, PROFILE, lease);
  const wish =
    suspicion && rules.isSeenTwice(lease, { everyMs: UNIT, now })
      ? unlessRefused(() =>
          rules.askForEnd(lease, { actor: ACTOR, now, ...suspicion }),
        )
      : undefined;
  if (wish) {
    glass.world.leases[index] = wish.lease;
    glass.world.nextAt = now;
    glass.world.turnAt = now;
  } else if (suspicion) {
    lease.ineligibleSince ??= now;
  } else if (outcome.outcome === 'eligible') {
    lease.ineligibleSince = undefined;
  }
  emit({
    label: wish
      ? `${lease.id} is looked at, and ends for it`
      : `${lease.id} is looked at`,
    glass,
    calm,
    broken: wish && endsWhoLost(base, lease),
  });
}

function activeOf({ world }: Glass): 0 | 1 | undefined {
  return ([0, 1] as const).find(index => {
    const slot = world.leases[index];
    return typeof slot !== 'string' && slot.state === 'active';
  });
}
