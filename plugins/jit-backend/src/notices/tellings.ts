import { EventDraft, LeaseRecord } from '../leases/records';
import { Notice } from './Notice';
import { shortName } from './shortName';

/** Who is told what when something happens to a lease. */
export interface Telling {
  when: (event: EventDraft, lease: LeaseRecord) => boolean;
  /** `people` are subject and requester. */
  to: 'people' | 'owners' | 'operators';
  title: (lease: LeaseRecord) => string;
  severity: Notice['severity'] | ((lease: LeaseRecord) => Notice['severity']);
  /** A later one with the same name takes the place of an earlier one; each is told when not given. */
  once?: string;
  opens?: Notice['opens'];
}

/** Who looks at the page sees what comes at once. */
const WAITED_MS = 30_000;

/** All of them. To tell more, add an entry. */
export const TELLINGS: Telling[] = [
  {
    when: ({ to }) => to === 'denied' || to === 'lapsed',
    to: 'people',
    title: lease => `Not granted: ${lease.profileTitle}`,
    severity: 'normal',
  },
  {
    when: ({ to }, lease) =>
      to === 'active' && isLastPart(lease) && wasWaitedFor(lease),
    to: 'people',
    title: lease => `Granted: ${titleOf(lease)}`,
    severity: 'normal',
  },
  {
    when: ({ to }) => to === 'active',
    to: 'owners',
    title: lease =>
      `${shortName(lease.subject)} has ${lease.profileTitle} for a while`,
    severity: 'low',
  },
  {
    when: ({ type }, lease) =>
      type === 'lease.ending-soon' && isFirstPart(lease),
    to: 'people',
    title: lease => `Ends soon: ${titleOf(lease)}`,
    severity: 'high',
    once: 'ending-soon',
    opens: 'extend',
  },
  warning('lease.idle-warned', 'Not used, and ends soon'),
  warning('lease.budget-warned', 'Budget nearly spent'),
  warning('lease.protection-over', 'No longer protected'),
  {
    when: ({ to, actor }, lease) =>
      to === 'revoking' && actor !== lease.subject,
    to: 'people',
    title: lease => `${endOf(lease)}: ${lease.profileTitle}`,
    severity: lease => (lease.endReason === 'expired' ? 'low' : 'normal'),
  },
  {
    when: ({ type }) => type === 'lease.stuck',
    to: 'people',
    title: lease => `Stuck, and the operators know: ${lease.profileTitle}`,
    severity: 'normal',
  },
  {
    when: ({ type }) => type === 'lease.stuck',
    to: 'operators',
    title: lease =>
      `Stuck: ${lease.profileTitle} of ${shortName(lease.subject)}`,
    severity: 'critical',
  },
];

/** Of an end that people can still prevent. */
function warning(type: string, words: string): Telling {
  return {
    when: event => event.type === type,
    to: 'people',
    title: lease => `${words}: ${lease.profileTitle}`,
    severity: 'normal',
  };
}

function endOf({ endReason }: LeaseRecord): string {
  switch (endReason) {
    case 'expired':
      return 'Time is up';
    case 'idle':
      return 'Ended because it was not used';
    case 'budget':
      return 'Budget spent';
    case 'failed':
      return 'Could not be granted';
    default:
      return 'Ended';
  }
}

function wasWaitedFor(lease: LeaseRecord): boolean {
  const { requestedAt, grantedAt = requestedAt } = lease;
  return (
    grantedAt - requestedAt > WAITED_MS || lease.subject !== lease.requester
  );
}

/** A bundle is told of as one. */
function titleOf({ bundle, profileTitle }: LeaseRecord): string {
  return bundle?.title ?? profileTitle;
}

function isFirstPart({ bundle }: LeaseRecord): boolean {
  return !bundle || bundle.part === 0;
}

function isLastPart({ bundle }: LeaseRecord): boolean {
  return !bundle || bundle.part === bundle.parts - 1;
}
