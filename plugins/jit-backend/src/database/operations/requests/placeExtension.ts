import { ConflictError } from '@backstage/errors';
import { Instant, LeaseRecord } from '../../../leases/records';
import { Wish } from '../../../leases/wishes';
import { noticesOfRequest } from '../../../notices/noticesOfRequest';
import { StaffedDraft } from '../../../requests/RequestDraft';
import { RequestRecord } from '../../../requests/RequestRecord';
import { toRow } from '../../columns';
import { inRacingTransaction } from '../../inRacingTransaction';
import { Ledger } from '../../Ledger';
import { requestColumns, TABLES } from '../../tables';
import { writeWishesOnce } from '../leases/writeWishes';
import { queueNotices } from '../notices/queueNotices';
import { insertProfile } from '../profiles/insertProfile';
import { RequestView } from './placeRequest';
import { refusedToExtend } from './refusedToExtend';
import { writeParties } from './writeParties';

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
    for (const { pinned } of draft.parts) {
      await insertProfile(tx, pinned);
    }
    await tx.knex(TABLES.requests).insert(toRow(requestColumns, request));
    await tx
      .knex(TABLES.extendedLeases)
      .insert(leaseIds.map(id => ({ request_id: request.id, lease_id: id })));
    await writeParties(tx, request);
    const view = { request, leases };
    await queueNotices(tx, { notices: noticesOfRequest(view), at: now });
    await also?.(tx, view, now);
    return view;
  });
}
