import { Lease } from '@backstage-jit/plugin-jit-common';
import { formatInstant } from '../../time';
import { Translate } from '../../translation';
import { protectableTo } from '../../words';

interface ProtectionWords {
  /** Why it cannot be until then. */
  problem?: string;
  /** What comes of it, a sentence each; none with a problem. */
  lines: string[];
}

/** What protecting a lease until an instant comes to. */
export function describeProtection(
  t: Translate,
  options: {
    lease: Lease;
    /** Epoch milliseconds; not a number while nothing is chosen. */
    until: number;
    now: number;
  },
): ProtectionWords {
  const { lease, until, now } = options;
  const { expiresAt = '', cost } = lease;
  const latest = protectableTo(lease) ?? now;
  const at = (instant: number | string) => formatInstant(instant, { now });
  if (Number.isNaN(until)) {
    return { problem: t('protect.missing'), lines: [] };
  }
  if (until <= now) {
    return { problem: t('protect.past'), lines: [] };
  }
  if (until > latest) {
    return {
      problem: t('protect.tooLate', { time: at(latest) }),
      lines: [],
    };
  }
  const lines: string[] = [t('protect.effect', { time: at(until) })];
  if (until > Date.parse(expiresAt)) {
    lines.push(t('protect.moves', { from: at(expiresAt), to: at(until) }));
  }
  if (cost?.endsAt && Date.parse(cost.endsAt) < until) {
    lines.push(t('protect.budget', { time: at(cost.endsAt) }));
  }
  return { lines };
}
