import { SOMEONE } from '../rows';
import { unlessRefused } from '../unlessRefused';
import { leaseAt } from './Glass';
import { reviewedByAnother } from './glassInvariants';
import { GlassMoment } from './GlassMoment';

const REVIEWERS = {
  'the subject': SOMEONE,
  'somebody else': 'user:default/somebody-else',
};

/** A broken glass is reviewed, by its subject if that were let, while it lives and when it is over. */
export function reviewAct(moment: GlassMoment): void {
  const { base, copy, emit, rules } = moment;
  const { now } = base.world;
  for (const index of [0, 1] as const) {
    const lease = leaseAt(base, index);
    for (const [who, actor] of Object.entries(REVIEWERS)) {
      const wish =
        lease &&
        unlessRefused(() =>
          rules.review(lease, { actor, now, comment: 'Looked at it' }),
        );
      if (!lease || !wish) {
        continue;
      }
      const glass = copy();
      if (typeof glass.world.leases[index] === 'string') {
        glass.past[index] = undefined;
      } else {
        glass.world.leases[index] = wish.lease;
      }
      emit({
        label: `${who} reviews ${lease.id}`,
        glass,
        calm: false,
        broken: reviewedByAnother(lease, wish.lease),
      });
    }
  }
}
