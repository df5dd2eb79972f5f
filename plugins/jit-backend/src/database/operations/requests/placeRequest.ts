import { ConflictError } from '@backstage/errors';
import { LeaseRecord } from '../../../leases/records';
import { placedRequest } from '../../../requests/placedRequest';
import { noticesOfBreakGlass } from '../../../notices/noticesOfBreakGlass';
import { noticesOfRequest } from '../../../notices/noticesOfRequest';
import { limitLocks } from '../../../requests/limitLocks';
import { StaffedDraft } from '../../../requests/RequestDraft';
import { RequestRecord } from '../../../requests/RequestRecord';
import { toRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { requestColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertLease } from '../leases/insertLease';
import { LastCopy } from '../../../requests/leaseOf';
import { findCopy } from './findCopy';
import { takeLocks } from '../locks/takeLocks';
import { queueNotices } from '../notices/queueNotices';
import { insertProfile } from '../profiles/insertProfile';
import { TargetRecord } from '../targets/TargetRecord';
import { writeTargets } from '../targets/writeTargets';
import { refusedByLedger } from './refusedByLedger';
import { writeParties } from './writeParties';

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
    const refusal = (await refusedByLedger(tx, options)).find(Boolean);
    if (refusal) {
      throw new ConflictError(refusal);
    }

    const placed = placedRequest(
      draft,
      await tx.clock.now(tx.knex),
      await copiesOf(tx, draft),
    );
    await writeTargets(tx, targetsOf(draft));
    for (const { pinned } of byHash(draft)) {
      await insertProfile(tx, pinned);
    }
    await tx
      .knex(TABLES.requests)
      .insert(toRow(requestColumns, placed.request));
    await writeParties(tx, placed.request);
    for (const lease of byEntitlement(placed.leases)) {
      await insertLease(tx, lease);
    }
    const result = {
      request: placed.request,
      leases: placed.leases.map(({ lease }) => lease),
    };
    await queueNotices(tx, {
      notices: draft.breakGlass
        ? noticesOfBreakGlass(result, draft)
        : noticesOfRequest(result),
      at: placed.request.requestedAt,
    });
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

/** Rows that others may write at the same time are written in one order by everybody. */
function byHash({ parts }: StaffedDraft): StaffedDraft['parts'] {
  return [...parts].sort((a, b) => compare(a.pinned.hash, b.pinned.hash));
}

export function byEntitlement<T extends { entitlement: { id: string } }>(
  leases: T[],
): T[] {
  return [...leases].sort((a, b) =>
    compare(a.entitlement.id, b.entitlement.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
