import { ConflictError } from '@backstage/errors';
import { Instant, LeaseRecord } from '../../../leases/records';
import { Wish } from '../../../leases/wishes';
import { noticesOfRequest } from '../../../notices/noticesOfRequest';
import { StaffedDraft } from '../../../requests/RequestDraft';
import { RequestRecord } from '../../../requests/RequestRecord';
import { atOnce } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Columns } from '../../columns';
import { inRacingTransaction } from '../../inRacingTransaction';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { writeWishesOnce } from '../leases/writeWishes';
import { noticeInserts } from '../notices/queueNotices';
import { profileInserts } from '../profiles/insertProfile';
import { RequestView } from './placeRequest';
import { refusedToExtend } from './refusedToExtend';
import { requestInserts } from './requestInserts';

const extendedColumns: Columns<{ requestId: string; leaseId: string }> = {
  requestId: ['request_id', 'text'],
  leaseId: ['lease_id', 'text'],
};

/**
 * Writes a request for a later end of leases that are there, and on them that it waits, all or nothing.
 *
 * @throws ConflictError when it is refused, or the leases are being changed by others; what `note` throws
 */
export async function placeExtension(
  ledger: Ledger,
  options: {
    draft: StaffedDraft;
    leaseIds: string[];
    /** Pure; sees each lease as it is under lock. */
    note: (lease: LeaseRecord, now: Instant) => Wish | undefined;
    /** The request, by the leases as they are then. */
    place: (leases: LeaseRecord[], now: Instant) => RequestRecord;
    also?: (ledger: Ledger, result: RequestView, now: Instant) => Promise<void>;
  },
): Promise<RequestView> {
  const { draft, leaseIds, note, place, also } = options;
  return await inRacingTransaction(ledger, async tx => {
    const written = await writeWishesOnce(tx, { leaseIds, decide: note });
    const now = await tx.clock.now(tx.knex);
    const leases = leaseIds.flatMap(
      id => written.find(lease => lease.id === id) ?? [],
    );
    const request = place(leases, now);
    const { from, byMs } = request.asked!.extension!;
    const refusal = await refusedToExtend(tx, {
      draft,
      from,
      until: from + byMs,
    });
    if (refusal) {
      throw new ConflictError(refusal);
    }
    const view = { request, leases };
    const profiles = draft.parts.map(({ pinned }) => pinned);
    await atOnce(tx.knex, [
      ...profileInserts(tx, { profiles, at: now }),
      ...requestInserts(tx, request),
      ...bulkInsert(tx.knex, {
        table: TABLES.extendedLeases,
        columns: extendedColumns,
        records: leaseIds.map(leaseId => ({ requestId: request.id, leaseId })),
      }),
      ...noticeInserts(tx, { notices: noticesOfRequest(view), at: now }),
    ]);
    await also?.(tx, view, now);
    return view;
  });
}
