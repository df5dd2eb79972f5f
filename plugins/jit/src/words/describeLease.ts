import { Lease } from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../time';
import { Translate } from '../translation';
import { describeTrouble } from './describeTrouble';
import { SOON_MS, timeLeftMs } from './leasePhase';

/** How a state looks; it says nothing that the words do not say. */
export type LeaseLook =
  | 'live'
  | 'soon'
  | 'busy'
  | 'waiting'
  | 'scheduled'
  | 'stuck'
  | 'gone'
  | 'refused';

/** A lease in words. */
export interface LeaseWords {
  look: LeaseLook;
  headline: string;
  /** Short, behind the headline. */
  beside: string[];
  /** Whole sentences below it. */
  lines: string[];
  /** Whole sentences about what goes wrong, below those. */
  trouble: string[];
}

interface DescribeOptions {
  /** The ledger's time. */
  now: number;
  /** Whether its end was asked for here just now; the ledger's own word comes with its next answer. */
  endAsked?: boolean;
}

export function describeLease(
  t: Translate,
  lease: Lease,
  options: DescribeOptions,
): LeaseWords {
  const { residual, endReason, stuck, note } = lease;
  const endAsked = options.endAsked || Boolean(lease.endAskedFor);
  const words = describeState(t, lease, { ...options, endAsked });
  const lines = [
    ...(note ? [noteWords(t, lease, options.now)] : []),
    ...words.lines,
  ];
  if (endReason && lease.state !== 'active' && !words.saysReason) {
    lines.unshift(t(`ended.${endReason}`));
  }
  if (residual) {
    lines.push(t('status.residual', { residual }));
  }
  return {
    look: stuck ? 'stuck' : words.look,
    headline: stuck
      ? `${t('status.stuck')}: ${words.headline}`
      : words.headline,
    beside: words.beside,
    lines,
    trouble: describeTrouble(t, lease, options.now),
  };
}

/** How far it has come, and when that is looked at again. */
function noteWords(t: Translate, lease: Lease, now: number): string {
  const { note = '', nextActionAt, attempts } = lease;
  const wait = nextActionAt ? Date.parse(nextActionAt) - now : 0;
  // With trouble, the next try is told beside that.
  return wait > 0 && attempts === 0
    ? `${note} · ${t('status.nextLook', { duration: durationWords(t, wait) })}`
    : note;
}

interface StateWords {
  look: LeaseLook;
  headline: string;
  beside: string[];
  lines: string[];
  /** The headline or a line tells why it ended. */
  saysReason?: boolean;
}

function describeState(
  t: Translate,
  lease: Lease,
  { now, endAsked }: DescribeOptions,
): StateWords {
  const length = durationWords(t, lease.durationMs);
  const nothing = { beside: [], lines: [] };
  switch (lease.state) {
    case 'requested':
      return {
        ...nothing,
        look: 'waiting',
        headline: t('status.requested'),
        beside: [
          t('status.requestedSince', {
            duration: durationWords(t, now - Date.parse(lease.requestedAt)),
          }),
        ],
      };
    case 'approved': {
      const wait = Date.parse(lease.startsAt ?? lease.requestedAt) - now;
      return wait > 0
        ? {
            ...nothing,
            look: 'scheduled',
            headline: t('status.scheduled', {
              time: formatInstant(lease.startsAt!, { now }),
            }),
            beside: [
              t('status.scheduledIn', {
                duration: durationWords(t, wait),
                length,
              }),
            ],
          }
        : {
            ...nothing,
            look: 'busy',
            headline: t(endAsked ? 'status.endAsked' : startingOf(lease)),
          };
    }
    case 'granting':
      return {
        ...nothing,
        look: 'busy',
        headline: t(endAsked ? 'status.endAsked' : 'status.granting'),
        beside: endAsked ? [] : [length],
      };
    case 'active':
      return describeActive(t, lease, { now, endAsked });
    case 'revoking':
      if (lease.keptUntil) {
        return describeKept(t, lease.keptUntil, now);
      }
      return {
        ...nothing,
        look: 'busy',
        headline: t('status.revoking'),
        lines: lease.aliveUntil
          ? [
              t('status.aliveUntil', {
                time: formatInstant(lease.aliveUntil, { now, seconds: true }),
              }),
            ]
          : [],
      };
    case 'revoked':
      return describeGone(t, lease, now);
    default:
      return {
        ...nothing,
        look: 'refused',
        headline: t(
          lease.state === 'lapsed' && !lease.endReason
            ? 'status.lapsedUndecided'
            : `status.${lease.state}`,
        ),
        // Who said no stands in the steps.
        saysReason:
          lease.endReason === 'denied' ||
          (lease.state !== 'denied' && lease.endReason !== 'ended'),
      };
  }
}

/** Granted as soon as its start has come, or as soon as the parts of its bundle before it are. */
function startingOf({ bundle }: Lease) {
  return bundle?.waiting ? 'status.waitingForPart' : 'status.starting';
}

/** Closed, but not gone. Once its time is over it is being removed. */
function describeKept(
  t: Translate,
  keptUntil: string,
  now: number,
): StateWords {
  const time = formatInstant(keptUntil, { now });
  return Date.parse(keptUntil) > now
    ? {
        look: 'waiting',
        headline: t('status.closed'),
        beside: [
          t('restore.left', {
            duration: durationWords(t, Date.parse(keptUntil) - now),
          }),
        ],
        lines: [t('status.keptUntil', { time })],
      }
    : {
        look: 'busy',
        headline: t('status.revoking'),
        beside: [],
        lines: [t('status.keptOver', { time })],
      };
}

function describeActive(
  t: Translate,
  lease: Lease,
  { now, endAsked }: DescribeOptions,
): StateWords {
  const left = timeLeftMs(lease, now);
  if (endAsked || left === 0) {
    return {
      look: 'busy',
      headline: t(endAsked ? 'status.endAsked' : 'status.overdue'),
      beside: [],
      lines: [],
    };
  }
  return {
    look: left !== undefined && left < SOON_MS ? 'soon' : 'live',
    headline: t('status.active', { duration: durationWords(t, left ?? 0) }),
    beside: [
      t('status.activeUntil', {
        time: formatInstant(lease.expiresAt ?? now, { now }),
      }),
    ],
    lines: [],
  };
}

function describeGone(t: Translate, lease: Lease, now: number): StateWords {
  const { kept, endReason, verified, verifiedAt, endedAt } = lease;
  const time = formatInstant(verifiedAt ?? endedAt ?? now, {
    now,
    seconds: true,
  });
  if (kept) {
    return {
      look: 'gone',
      headline: t('status.overKept', { time }),
      beside: [],
      lines: [t(kept === 'shared' ? 'status.keptShared' : 'status.keptBefore')],
    };
  }
  if (verified === false) {
    return {
      look: 'gone',
      headline: t('status.unverified', { time }),
      beside: [],
      lines: [t('status.unverifiedWhy')],
    };
  }
  return {
    look: 'gone',
    headline: t(
      endReason === 'failed' ? 'status.verifiedFailed' : 'status.verified',
      { time },
    ),
    beside: [],
    lines: [],
  };
}
