import { ConflictError } from '@backstage/errors';
import { LeaseRecord } from '../../../leases/records';
import { placedRequest } from '../../../requests/placedRequest';
import { noticesOfBreakGlass } from '../../../notices/noticesOfBreakGlass';
import { noticesOfRequest } from '../../../notices/noticesOfRequest';
import { limitLocks } from '../../../requests/limitLocks';
import { StaffedDraft } from '../../../requests/RequestDraft';
import { RequestRecord } from '../../../requests/RequestRecord';
import { atOnce } from '../../atOnce';
import { Ledger } from '../../Ledger';
import { inTransaction } from '../../transaction';
import { leaseInserts } from '../leases/insertLease';
import { LastCopy } from '../../../requests/leaseOf';
import { findCopy } from './findCopy';
import { takeLocks } from '../locks/takeLocks';
import { noticeInserts } from '../notices/queueNotices';
import { profileInserts } from '../profiles/insertProfile';
import { TargetRecord } from '../targets/TargetRecord';
import { writeTargets } from '../targets/writeTargets';
import { refusedByLedger } from './refusedByLedger';
import { requestInserts } from './requestInserts';

/** A request with its leases. */
export interface RequestView {
  request: RequestRecord;
  leases: LeaseRecord[];
}

/**
 * Writes a request with its leases, all or nothing. Limits hold however many ask at once: what is counted stays locked until the commit.
 *
 * @throws ConflictError naming the limit or the stop in the way; InputError for a start that cannot be
 */
export async function placeRequest(
  ledger: Ledger,
  options: {
    draft: StaffedDraft;
    openRequestsPerPerson: number;
    /** Written in the same transaction. */
    also?: (ledger: Ledger, result: RequestView) => Promise<void>;
  },
): Promise<RequestView> {
  const { draft } = options;
  return await inTransaction(ledger, async tx => {
    await takeLocks(tx, {
      names: [
        ['open-requests', draft.requester],
        ...(draft.breakGlass ? [['break-glass', draft.subject]] : []),
        ...limitLocks(draft),
      ],
    });
    const { refusals, now } = await refusedByLedger(tx, options);
    const refusal = refusals.find(Boolean);
    if (refusal) {
      throw new ConflictError(refusal);
    }

    const copies = await copiesOf(tx, draft);
    const placed = placedRequest(draft, now, copies);
    const result = {
      request: placed.request,
      leases: placed.leases.map(({ lease }) => lease),
    };
    const notices = draft.breakGlass
      ? noticesOfBreakGlass(result, draft)
      : noticesOfRequest(result);
    const profiles = draft.parts.map(({ pinned }) => pinned);
    await writeTargets(tx, targetsOf(draft));
    await atOnce(tx.knex, [
      ...profileInserts(tx, { profiles, at: now }),
      ...requestInserts(tx, placed.request),
      ...leaseInserts(tx, placed.leases),
      ...noticeInserts(tx, { notices, at: now }),
    ]);
    await options.also?.(tx, result);
    return result;
  });
}

function targetsOf({ parts, copy }: StaffedDraft): TargetRecord[] {
  return parts.flatMap(({ pinned, entityRef, owners = [] }) =>
    entityRef
      ? [
          {
            profileId: pinned.content.profileId,
            entityRef,
            ...(!copy && { owners }),
          },
        ]
      : [],
  );
}

/** By the leases whose they are. */
async function copiesOf(
  tx: Ledger,
  { subject, parts }: StaffedDraft,
): Promise<Map<string, LastCopy>> {
  const copies = new Map<string, LastCopy>();
  for (const part of parts) {
    const copy = part.restores && (await findCopy(tx, { subject, part }));
    if (part.restores && copy) {
      copies.set(part.restores, copy);
    }
  }
  return copies;
}
