import { LeaseRecord } from '../leases/records';
import { PinnedProfile } from '../policy';

/** What of its profile ends a lease besides its clock, and what may keep it, as the lease holds it. */
export function rulesOfUse(
  profile: PinnedProfile,
): Pick<
  LeaseRecord,
  'idleAfterMs' | 'idleWarnMs' | 'protectMaximumMs' | 'price'
> {
  const { idle, protect, price, budget } = profile;
  return {
    idleAfterMs: idle?.afterMs,
    idleWarnMs: idle?.warnMs,
    protectMaximumMs: protect?.maximumMs,
    price: price && { ...price, budget: budget?.maximum },
  };
}
