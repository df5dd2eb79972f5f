import { Instant } from '../../leases/records';
import { opened } from '../approval/judge';
import { lapsesAfter } from '../approval/lapsesAfter';
import { StaffedDraft } from '../RequestDraft';
import { RequestRecord } from '../RequestRecord';

/** The row of a request for a later end, waiting for the people who decide. */
export function placedExtension(
  draft: StaffedDraft,
  options: {
    id: string;
    /** The one whose end was asked to be moved, of a bundle. */
    leaseId: string;
    /** All that it moves. */
    leaseIds: string[];
    from: Instant;
    byMs: number;
    now: Instant;
  },
): RequestRecord {
  const { id, leaseId, leaseIds, from, byMs, now } = options;
  const { requester, subject, via, reason, parts, asked } = draft;
  return {
    id,
    state: 'pending',
    version: 1,
    kind: 'extend',
    extendsLeaseId: leaseId,
    requester,
    subject,
    via,
    reason,
    breakGlass: false,
    steps: opened(
      draft.steps.map(step => ({ ...step, decisions: [] })),
      now,
    ),
    revision: 1,
    requestedAt: now,
    lapsesAt: now + lapsesAfter(parts),
    asked: {
      ...asked,
      leaseIds,
      extension: {
        from,
        byMs,
        profileHashes: parts.map(({ pinned }) => pinned.hash),
      },
    },
  };
}
