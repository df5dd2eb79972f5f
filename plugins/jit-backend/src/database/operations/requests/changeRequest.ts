import {
  EntitlementRecord,
  EventDraft,
  Instant,
  LeaseRecord,
} from '../../../leases/records';
import { Wish } from '../../../leases/wishes';
import { Notice } from '../../../notices/Notice';
import { PinnedContent } from '../../../policy';
import { RequestRecord } from '../../../requests/RequestRecord';
import { atOnce } from '../../atOnce';
import { fromRow, Row, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { inRacingTransaction } from '../../inRacingTransaction';
import { Ledger } from '../../Ledger';
import { leaseColumns, requestColumns, TABLES } from '../../tables';
import { queueEntitlements } from '../engine/queueEntitlements';
import { insertEvents } from '../events/insertEvents';
import { writeWishesOnce } from '../leases/writeWishes';
import { takeLocks } from '../locks/takeLocks';
import { queueNotices } from '../notices/queueNotices';
import { profileInserts } from '../profiles/insertProfile';
import { RequestView } from './placeRequest';
import { readViews } from './readViews';
import { writeParties } from './writeParties';

/** A lease of a waiting request, as a decision about the request changes it. */
export interface LeaseChange {
  lease: LeaseRecord;
  events: EventDraft[];
  /** Given when it is to be granted: what the engine shall do. */
  queued?: EntitlementRecord;
}

export interface RequestChange {
  request: RequestRecord;
  leases: LeaseChange[];
  /** What becomes of the leases whose later end it is about: pure, sees each as it is under lock. */
  wishes?: (lease: LeaseRecord, now: Instant) => Wish | undefined;
  /** Profiles that the leases point to from now on. */
  pinned?: PinnedContent[];
  notices?: Notice[];
}

/**
 * Changes a request with its leases, all or nothing, under the lock of the request: of many who decide at once, each sees what those before
 * have written.
 *
 * @param options - `locks`: names for `takeLocks`. `decide`: sees the request as it is under lock; undefined leaves it alone, and what it throws
 * ends the whole write.
 * @throws ConflictError when it lost against others again and again
 */
export async function changeRequest(
  ledger: Ledger,
  options: {
    id: string;
    locks?: string[][];
    decide: (
      view: RequestView,
      now: Instant,
      tx: Ledger,
    ) => Promise<RequestChange | undefined>;
    also?: (ledger: Ledger, result: RequestView, now: Instant) => Promise<void>;
  },
): Promise<RequestView> {
  const { id, locks = [], decide } = options;
  return await inRacingTransaction(ledger, async tx => {
    await takeLocks(tx, { names: locks });
    const view = await lockRequest(tx, id);
    const now = await tx.clock.now(tx.knex);
    const change = await decide(view, now, tx);
    const result = change ? await write(tx, view, change, now) : view;
    await options.also?.(tx, result, now);
    return result;
  });
}

async function lockRequest(tx: Ledger, id: string): Promise<RequestView> {
  const { knex } = tx;
  const query = knex(TABLES.requests).where({ id });
  const rows: Row[] = isPostgres(knex) ? await query.forUpdate() : await query;
  const [view] = await readViews(tx, [fromRow(requestColumns, rows[0])]);
  return view;
}

async function write(
  tx: Ledger,
  view: RequestView,
  change: RequestChange,
  now: Instant,
): Promise<RequestView> {
  const { knex, chain } = tx;
  const request = { ...change.request, version: view.request.version + 1 };
  const profiles = change.pinned ?? [];
  await atOnce(knex, profileInserts(tx, { profiles, at: now }));
  await knex(TABLES.requests)
    .where({ id: request.id })
    .update(toRow(requestColumns, request));
  await writeParties(tx, request);

  // The engine takes entitlements before leases. So do we.
  const queued = change.leases.flatMap(({ lease, queued: entitlement }) =>
    entitlement ? [{ entitlement, dueAt: lease.startsAt }] : [],
  );
  await atOnce(knex, queueEntitlements(tx, queued));
  const written = new Map<string, LeaseRecord>();
  for (const { lease: given, events } of change.leases) {
    const lease = { ...given, version: given.version + 1 };
    const records = chain.append(lease, events, now);
    // Nothing but the request's lock lets anybody write a lease that waits.
    await knex(TABLES.leases)
      .where({ id: lease.id, state: 'requested' })
      .update(toRow(leaseColumns, lease));
    await insertEvents(tx, records);
    written.set(lease.id, lease);
  }
  if (change.wishes) {
    const wished = await writeWishesOnce(tx, {
      leaseIds: view.leases.map(lease => lease.id),
      decide: change.wishes,
    });
    wished.forEach(lease => written.set(lease.id, lease));
  }
  await queueNotices(tx, { notices: change.notices ?? [], at: now });
  return {
    request,
    leases: view.leases.map(lease => written.get(lease.id) ?? lease),
  };
}
