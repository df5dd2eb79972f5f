import { Lease, PresenceEntry } from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../time';
import { Translate } from '../translation';

/** What somebody has somewhere, and had, a phrase each. */
export interface HoldingWords {
  now: string[];
  before: string[];
}

/**
 * @param holdings - `presence`: who is in, which everybody may see; `leases`: those of the same person that the reader may see in full
 */
export function describeHoldings(
  t: Translate,
  holdings: { leases: Lease[]; presence: PresenceEntry[] },
  now: number,
): HoldingWords {
  const { leases, presence } = holdings;
  const held = leases.filter(lease => lease.grantedAt);
  const live = held.filter(({ state }) => state !== 'revoked');
  const seen = new Set(live.map(({ profileTitle }) => profileTitle));
  const alsoIn = presence.filter(({ profileTitle }) => !seen.has(profileTitle));
  return {
    now: [...live, ...alsoIn].map(({ profileTitle, expiresAt }) => {
      const left = expiresAt ? Date.parse(expiresAt) - now : 0;
      return left > 0
        ? `${profileTitle}, ${t('time.left', {
            duration: durationWords(t, left),
          })}`
        : profileTitle;
    }),
    before: [...byTitle(held.filter(({ state }) => state === 'revoked'))].map(
      ([title, { count, last }]) =>
        t('inbox.heldTimes', {
          title,
          count,
          time: formatInstant(last, { now }),
        }),
    ),
  };
}

function byTitle(leases: Lease[]) {
  const titles = new Map<string, { count: number; last: number }>();
  for (const { profileTitle, endedAt, verifiedAt } of leases) {
    const ended = Date.parse(endedAt ?? verifiedAt ?? '');
    const { count, last } = titles.get(profileTitle) ?? { count: 0, last: 0 };
    titles.set(profileTitle, {
      count: count + 1,
      last: Math.max(last, ended || 0),
    });
  }
  return titles;
}
