import { EventDraft, LeaseRecord } from '../leases/records';

/** A message for people, written with the transition it tells of and sent afterwards. */
export interface Notice {
  /** The same scope is told once. */
  scope: string;
  /** Entity refs; `operators` stands for those that config names. */
  to: string[] | 'operators';
  title: string;
  description?: string;
  severity: 'low' | 'normal' | 'high' | 'critical';
  /** Of the lease it is about, if it is about one. */
  leaseId?: string;
}

/** What people are told before an end that they can still prevent. */
const WARNINGS: Record<string, string> = {
  'lease.idle-warned': 'Not used, and ends soon',
  'lease.budget-warned': 'Budget nearly spent',
  'lease.protection-over': 'No longer protected',
};

/** What people are told about a change of a lease. Nothing that they have just done themselves. */
export function noticesFor(lease: LeaseRecord, events: EventDraft[]): Notice[] {
  const notices: Notice[] = [];
  for (const [index, event] of events.entries()) {
    const scope = `${lease.id}/${
      lease.eventSequence - events.length + index + 1
    }`;
    const base = { scope, leaseId: lease.id };
    const person = event.actor === lease.subject;
    if (event.to === 'denied' || event.to === 'lapsed') {
      notices.push({
        ...base,
        to: people(lease),
        title: `Not granted: ${lease.profileTitle}`,
        description: event.why,
        severity: 'normal',
      });
    } else if (event.to === 'revoking' && !person) {
      notices.push({
        ...base,
        to: people(lease),
        title: endTitle(lease),
        description: event.why,
        severity: lease.endReason === 'expired' ? 'low' : 'normal',
      });
    } else if (WARNINGS[event.type]) {
      notices.push({
        ...base,
        to: people(lease),
        title: `${WARNINGS[event.type]}: ${lease.profileTitle}`,
        description: event.why,
        severity: 'normal',
      });
    } else if (event.type === 'lease.stuck') {
      notices.push({
        ...base,
        to: 'operators',
        title: `Stuck: ${lease.profileTitle} of ${lease.subject}`,
        description: event.why,
        severity: 'critical',
      });
    }
  }
  return notices;
}

function endTitle(lease: LeaseRecord): string {
  switch (lease.endReason) {
    case 'expired':
      return `Time is up: ${lease.profileTitle}`;
    case 'idle':
      return `Ended because it was not used: ${lease.profileTitle}`;
    case 'budget':
      return `Budget spent: ${lease.profileTitle}`;
    case 'failed':
      return `Could not be granted: ${lease.profileTitle}`;
    default:
      return `Ended: ${lease.profileTitle}`;
  }
}

function people(lease: LeaseRecord): string[] {
  return [...new Set([lease.subject, lease.requester])];
}
