import { LeaseRecord } from '../leases/records';
import { PinnedProfile } from '../policy';

/** What of its profile ends a lease besides its clock, what may keep it, and how long a copy of it is kept, as the lease holds it. */
export function rulesOfUse(
  profile: PinnedProfile,
): Pick<
  LeaseRecord,
  'idleAfterMs' | 'idleWarnMs' | 'protectMaximumMs' | 'price' | 'keepMs'
> {
  const { idle, protect, price, budget, keepMs } = profile;
  return {
    idleAfterMs: idle?.afterMs,
    idleWarnMs: idle?.warnMs,
    protectMaximumMs: protect?.maximumMs,
    keepMs,
    price: price && { ...price, budget: budget?.maximum },
  };
}
