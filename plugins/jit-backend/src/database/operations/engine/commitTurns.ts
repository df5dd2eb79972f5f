import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import {
  EventDraft,
  EntitlementView,
  Instant,
  LeaseRecord,
} from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { Notice } from '../../../notices/Notice';
import { noticesFor } from '../../../notices/noticesFor';
import { atOnce, Statement } from '../../atOnce';
import { bulkUpdate } from '../../bulkUpdate';
import { fromRow, Row, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import {
  entitlementColumns,
  leaseColumns,
  TABLES,
  UNFINISHED,
} from '../../tables';
import { inTransaction } from '../../transaction';
import { eventInserts } from '../events/insertEvents';
import { noticeInserts } from '../notices/queueNotices';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import { entitlementsOfBundles } from './entitlementsOfBundles';

/** What the ledger says around an entitlement when a decision about it is made. */
export interface TurnFacts {
  now: Instant;
  connection: ConnectionFacts;
}

/** The state of a connection that all replicas share. */
export interface ConnectionFacts {
  /** Set while it is left alone. */
  pausedUntil?: Instant;
  /** True while it is still recovering: a success is worth telling. */
  recovering: boolean;
}

/** What is written for a turn. */
export interface TurnWrite {
  view: EntitlementView;
  events: EventDraft[];
  /** When the entitlement is due again. */
  schedule: { nextAt?: Instant; turnAt?: Instant };
  /** True when a call follows, so that the claim is kept. */
  keepClaim: boolean;
}

/** One claimed entitlement that wants to write. */
export interface Turn {
  claim: Claim;
  /** Pure; sees the ledger as it is under lock. What it throws ends this turn alone, unwritten. */
  decide(view: EntitlementView, facts: TurnFacts): TurnWrite;
}

/** How a turn went: written, refused because the claim was lost, or ended by its own decision's error. */
export type TurnResult =
  | { type: 'written' }
  | { type: 'claim-lost' }
  | { type: 'failed'; error: unknown };

/** Collects what the turns of one transaction write, and writes it at once. */
class Pen {
  private readonly entitlements: Row[] = [];
  private readonly finished: string[] = [];
  private readonly leases: Row[] = [];
  private readonly events: LeaseEventRecord[] = [];
  private readonly notices: Notice[] = [];
  /** What must look at itself again, as another part of its bundle has moved. */
  private readonly woken = new Set<string>();

  constructor(
    private readonly ledger: Ledger,
    private readonly bundles: Bundles,
    private readonly now: Instant,
    private readonly claimLifeMs: number,
  ) {}

  write(claim: Claim, before: LeaseRecord[], write: TurnWrite): void {
    const { view, events, schedule, keepClaim } = write;
    for (const [index, decided] of view.leases.entries()) {
      const lease = { ...decided };
      const own = events.filter(event => event.leaseId === lease.id);
      if (own.length || !sameRow(before[index], lease)) {
        lease.version += 1;
        this.events.push(...this.ledger.chain.append(lease, own, this.now));
        this.leases.push(toRow(leaseColumns, lease));
        this.notices.push(...noticesFor(lease, own));
        this.bundles.put(lease);
        if (own.some(event => event.to)) {
          this.wake(lease);
        }
      }
    }
    if (view.leases.some(lease => isUnfinished(lease.state))) {
      this.entitlements.push({
        ...toRow(entitlementColumns, view.entitlement),
        next_at: schedule.nextAt ?? null,
        turn_at: schedule.turnAt ?? null,
        claim_token: keepClaim ? claim.token : null,
        claim_until: keepClaim ? this.now + this.claimLifeMs : null,
      });
    } else {
      this.finished.push(claim.entitlementId);
    }
  }

  private wake(lease: LeaseRecord): void {
    for (const part of this.bundles.otherPartsOf([lease])) {
      if (lease.bundle && part.entitlementId !== lease.entitlementId) {
        this.woken.add(part.entitlementId);
      }
    }
  }

  async flush(): Promise<void> {
    const { ledger, now } = this;
    const { knex } = ledger;
    await atOnce(knex, [
      ...this.wakings(),
      ...bulkUpdate(knex, TABLES.entitlements, this.entitlements),
      ...bulkUpdate(knex, TABLES.leases, this.leases),
      ...eventInserts(ledger, this.events),
      ...noticeInserts(ledger, { notices: this.notices, at: now }),
      ...(this.finished.length
        ? [knex(TABLES.entitlements).whereIn('id', this.finished).delete()]
        : []),
    ]);
  }

  /** What wakes the others; those that are written anyway are woken by that. */
  private wakings(): Statement[] {
    const woken = new Set(this.woken);
    const due = { next_at: this.now, turn_at: this.now };
    for (const row of this.entitlements) {
      if (woken.delete(String(row.id))) {
        Object.assign(row, due);
      }
    }
    this.finished.forEach(id => woken.delete(id));
    return woken.size
      ? [
          this.ledger
            .knex(TABLES.entitlements)
            .whereIn('id', [...woken])
            .update(due),
        ]
      : [];
  }
}

/**
 * Decides and writes for many claimed entitlements in one transaction, so that one durable commit serves them all. Each turn stands for
 * itself: one whose claim was lost writes nothing and does not disturb the others.
 */
export async function commitTurns(
  ledger: Ledger,
  options: { turns: Turn[]; claimLifeMs: number },
): Promise<TurnResult[]> {
  const { turns, claimLifeMs } = options;
  const entitlementIds = turns.map(turn => turn.claim.entitlementId);
  return await inTransaction(ledger, async tx => {
    const locked = await lockEntitlements(tx, [
      ...entitlementIds,
      ...(await entitlementsOfBundles(tx, { entitlementIds })),
    ]);
    const { leases, now } = await lockLeases(tx, entitlementIds);
    const bundles = await Bundles.read(tx, [...leases.values()].flat());

    const pen = new Pen(tx, bundles, now, claimLifeMs);
    const results = turns.map(({ claim, decide }): TurnResult => {
      const row = locked.get(claim.entitlementId);
      if (row?.claim_token !== claim.token || Number(row.claim_until) <= now) {
        return { type: 'claim-lost' };
      }
      const before = leases.get(claim.entitlementId) ?? [];
      const otherParts = bundles.otherPartsOf(before);
      if (!otherParts.every(part => isLocked(part, locked))) {
        // It joined this very thing when its locks were not asked for. The next turn takes them.
        return { type: 'claim-lost' };
      }
      try {
        const write = decide(
          {
            entitlement: fromRow(entitlementColumns, row),
            leases: before,
            otherParts,
          },
          { now, connection: connectionFacts(row, now) },
        );
        pen.write(claim, before, write);
        return { type: 'written' };
      } catch (error) {
        return { type: 'failed', error };
      }
    });
    await pen.flush();
    return results;
  });
}

type LockedRow = Row & {
  paused_until: number;
  failures: number;
  slots: number;
  concurrency: number;
};

/** What is finished has no entitlement that could be locked, and changes no more. */
function isLocked(
  { entitlementId, state }: LeaseRecord,
  locked: ReadonlyMap<string, LockedRow>,
): boolean {
  return !isUnfinished(state) || locked.has(entitlementId);
}

async function lockEntitlements(
  { knex }: Ledger,
  entitlementIds: string[],
): Promise<Map<string, LockedRow>> {
  const query = knex({ e: TABLES.entitlements })
    .join({ c: TABLES.connections }, 'c.name', 'e.connection')
    .whereIn('e.id', entitlementIds)
    .orderBy('e.id')
    .select('e.*', 'c.paused_until', 'c.failures', 'c.slots', 'c.concurrency');
  const rows: LockedRow[] = isPostgres(knex)
    ? await query.forUpdate('e')
    : await query;
  return new Map(rows.map(row => [String(row.id), row]));
}

/** The unfinished leases of some entitlements, with the instant at which they are ours. */
async function lockLeases(
  { knex, clock }: Ledger,
  entitlementIds: string[],
): Promise<{ leases: Map<string, LeaseRecord[]>; now: Instant }> {
  const query = knex(TABLES.leases)
    .select('*', { now: clock.sql(knex) })
    .whereIn('entitlement_id', entitlementIds)
    .whereIn('state', UNFINISHED)
    .orderBy('id');
  const rows: Row[] = isPostgres(knex) ? await query.forUpdate() : await query;
  const leases = new Map<string, LeaseRecord[]>();
  for (const row of rows) {
    const lease = fromRow(leaseColumns, row);
    const siblings = leases.get(lease.entitlementId) ?? [];
    siblings.push(lease);
    leases.set(lease.entitlementId, siblings);
  }
  const now = rows.length ? Number(rows[0].now) : await clock.now(knex);
  return { leases, now };
}

function connectionFacts(row: LockedRow, now: Instant): ConnectionFacts {
  const pausedUntil = Number(row.paused_until);
  return {
    ...(pausedUntil > now && { pausedUntil }),
    recovering: row.failures > 0 || row.slots < row.concurrency,
  };
}

function sameRow(before: LeaseRecord, after: LeaseRecord): boolean {
  const left = toRow(leaseColumns, before);
  const right = toRow(leaseColumns, after);
  return Object.keys(left).every(column => left[column] === right[column]);
}
