import { FakeEffect, FakeThing } from '@backstage-jit/plugin-jit-test-utils';
import { entitlementOf } from '../../../leases/entitlementOf';
import { LeaseRecord } from '../../../leases/records';
import { partsOf } from './partsOf';

/** The database rounds to a millisecond, the world cuts off: they may differ by that much. */
const ROUNDING_MS = 2;

/**
 * While a lease is active its thing is there without a break, whatever happens to others on the same thing; each thing is made once, and what
 * somebody holds for good is not touched.
 */
export function checkPresence(
  leases: LeaseRecord[],
  effects: FakeEffect[],
  options: { late: boolean; standing: FakeThing[] },
): string[] {
  const problems: string[] = [];
  const holders = new Map<string, LeaseRecord[]>();
  for (const lease of leases) {
    const { externalName } = entitlementOf({ ...lease, leaseId: lease.id });
    for (const part of partsOf(lease, externalName)) {
      holders.set(part, [...(holders.get(part) ?? []), lease]);
    }
  }

  for (const [part, own] of holders) {
    const story = effects.filter(
      ({ key, effect }) =>
        key === part && (effect === 'made' || effect === 'removed'),
    );
    if (options.standing.some(({ key }) => key === part)) {
      if (story.length) {
        problems.push(`${part} was held before, and was ${story[0].effect}`);
      }
      continue;
    }
    const made = story.filter(({ effect }) => effect === 'made').length;
    if (made > own.length + Number(options.late)) {
      problems.push(`${part} was made ${made} times`);
    }
    for (const lease of own) {
      const { id, grantedAt, endedAt } = lease;
      if (grantedAt === undefined) {
        continue;
      }
      const before = story.filter(({ at }) => at <= grantedAt + ROUNDING_MS);
      const during = story.filter(
        ({ at, effect }) =>
          effect === 'removed' &&
          at > grantedAt + ROUNDING_MS &&
          at < endedAt! - ROUNDING_MS,
      );
      if (before.at(-1)?.effect !== 'made') {
        problems.push(`Lease ${id} became active without ${part}`);
      }
      if (during.length) {
        const early = endedAt! - during[0].at;
        problems.push(`${part} was taken ${early} ms before lease ${id} ended`);
      }
    }
  }
  return problems;
}
