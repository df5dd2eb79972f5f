import { EventDraft, LeaseRecord } from '../leases/records';
import { Notice } from './Notice';
import { Telling, TELLINGS } from './tellings';

/** What people are told about a change of a lease. Nothing that they have just done themselves. */
export function noticesFor(lease: LeaseRecord, events: EventDraft[]): Notice[] {
  return events.flatMap((event, index) => {
    const sequence = lease.eventSequence - events.length + index + 1;
    return TELLINGS.filter(({ when }) => when(event, lease)).flatMap(
      telling => {
        const to = recipients(telling, lease);
        return to
          ? {
              ...to,
              scope: telling.once
                ? `${lease.id}/${telling.once}`
                : `${lease.id}/${sequence}/${telling.to}`,
              leaseId: lease.id,
              opens: telling.opens,
              title: telling.title(lease),
              description: event.why,
              severity:
                typeof telling.severity === 'function'
                  ? telling.severity(lease)
                  : telling.severity,
            }
          : [];
      },
    );
  });
}

function recipients(
  telling: Telling,
  lease: LeaseRecord,
): Pick<Notice, 'to' | 'except' | 'target'> | undefined {
  const { subject, requester, profileId, entityRef } = lease;
  switch (telling.to) {
    case 'people':
      return { to: [...new Set([subject, requester])] };
    case 'owners':
      return entityRef === undefined
        ? undefined
        : {
            to: 'owners',
            except: [...new Set([subject, requester])],
            target: { profileId, entityRef },
          };
    default:
      return { to: 'operators' };
  }
}
