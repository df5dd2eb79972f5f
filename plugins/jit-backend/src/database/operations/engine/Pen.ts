import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { EntitlementView, Instant, LeaseRecord } from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { Notice } from '../../../notices/Notice';
import { noticesFor } from '../../../notices/noticesFor';
import { atOnce, Statement } from '../../atOnce';
import { bulkUpdate, Change, isChanged } from '../../bulkUpdate';
import { Ledger } from '../../Ledger';
import { oneOf } from '../../conditions';
import {
  leaseColumns,
  QueuedEntitlement,
  queuedColumns,
  TABLES,
} from '../../tables';
import { eventInserts } from '../events/insertEvents';
import { noticeInserts } from '../notices/queueNotices';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import { TurnWrite } from './Turn';

/** What most turns change. */
const USUAL_OF_ENTITLEMENTS = [
  'heldBefore',
  'attempted',
  'identity',
  'call',
  'fenceUntil',
  'removal',
  'absentSince',
  'outsideUntil',
  'nextAt',
  'turnAt',
  'claimToken',
  'claimUntil',
] as const;

const USUAL_OF_LEASES = [
  'state',
  'version',
  'grantDueAt',
  'grantedAt',
  'expiresAt',
  'endedAt',
  'verifiedAt',
  'endReason',
  'handle',
  'attempts',
  'retryAt',
  'lastError',
  'note',
  'nextActionAt',
  'eventSequence',
  'eventHead',
] as const;

/** Collects what the turns of one transaction write, and writes it at once. */
export class Pen {
  private readonly entitlements: Array<Change<QueuedEntitlement>> = [];
  private readonly finished: string[] = [];
  private readonly leases: Array<Change<LeaseRecord>> = [];
  private readonly events: LeaseEventRecord[] = [];
  private readonly notices: Notice[] = [];
  /** What must look at itself again, as another part of its bundle has moved. */
  private readonly woken = new Set<string>();

  private readonly bundles: Bundles;
  private readonly now: Instant;
  private readonly claimLifeMs: number;

  constructor(
    private readonly ledger: Ledger,
    options: { bundles: Bundles; now: Instant; claimLifeMs: number },
  ) {
    this.bundles = options.bundles;
    this.now = options.now;
    this.claimLifeMs = options.claimLifeMs;
  }

  /** Writes a fresh claim about which nothing was decided. */
  hold(claim: Claim, queued: QueuedEntitlement): void {
    this.entitlements.push({
      before: queued,
      after: { ...queued, ...this.claimed(claim) },
    });
  }

  /** @param queued - its entitlement as it stands in the queue */
  write(
    claim: Claim,
    queued: QueuedEntitlement,
    before: EntitlementView,
    write: TurnWrite,
  ): void {
    const { view, events, schedule, keepClaim } = write;
    for (const [index, decided] of view.leases.entries()) {
      const lease = { ...decided };
      const own = events.filter(event => event.leaseId === lease.id);
      const change = { before: before.leases[index], after: lease };
      if (own.length || isChanged(leaseColumns, change)) {
        lease.version += 1;
        this.events.push(...this.ledger.chain.append(lease, own, this.now));
        this.leases.push(change);
        this.notices.push(...noticesFor(lease, own));
        this.bundles.put(lease);
        if (own.some(event => event.to)) {
          this.wake(lease);
        }
      }
    }
    if (!view.leases.some(lease => isUnfinished(lease.state))) {
      this.finished.push(claim.entitlementId);
      return;
    }
    this.entitlements.push({
      before: queued,
      after: {
        ...view.entitlement,
        ...schedule,
        ...(keepClaim && {
          // What is due stays due as it was: nobody else acts on it meanwhile, and what changes no index costs PostgreSQL far less to write.
          nextAt: this.isDue(queued.nextAt) ? queued.nextAt : schedule.nextAt,
          turnAt: this.isDue(queued.turnAt) ? queued.turnAt : schedule.turnAt,
          ...this.claimed(claim),
        }),
      },
    });
  }

  private claimed({ token }: Claim): Partial<QueuedEntitlement> {
    return { claimToken: token, claimUntil: this.now + this.claimLifeMs };
  }

  private isDue(at?: Instant): boolean {
    return at !== undefined && at <= this.now;
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
      ...bulkUpdate(knex, {
        table: TABLES.entitlements,
        columns: queuedColumns,
        changes: this.entitlements,
        usual: USUAL_OF_ENTITLEMENTS,
      }),
      ...bulkUpdate(knex, {
        table: TABLES.leases,
        columns: leaseColumns,
        changes: this.leases,
        usual: USUAL_OF_LEASES,
      }),
      ...eventInserts(ledger, this.events),
      ...noticeInserts(ledger, { notices: this.notices, at: now }),
      ...(this.finished.length
        ? [
            knex(TABLES.entitlements)
              .where(oneOf(knex, 'id', this.finished))
              .delete(),
          ]
        : []),
    ]);
  }

  /** What wakes the others; those that are written anyway are woken by that. */
  private wakings(): Statement[] {
    const woken = new Set(this.woken);
    const due = { nextAt: this.now, turnAt: this.now };
    for (const { after } of this.entitlements) {
      if (woken.delete(after.id)) {
        Object.assign(after, due);
      }
    }
    this.finished.forEach(id => woken.delete(id));
    return woken.size
      ? [
          this.ledger
            .knex(TABLES.entitlements)
            .whereIn('id', [...woken])
            .update({ next_at: this.now, turn_at: this.now }),
        ]
      : [];
  }
}
