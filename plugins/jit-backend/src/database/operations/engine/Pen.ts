import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { EntitlementView, Instant, LeaseRecord } from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { Notice } from '../../../notices/Notice';
import { noticesFor } from '../../../notices/noticesFor';
import { atOnce, Statement } from '../../atOnce';
import { bulkUpdate, Change } from '../../bulkUpdate';
import { Row, toRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { entitlementColumns, leaseColumns, TABLES } from '../../tables';
import { eventInserts } from '../events/insertEvents';
import { noticeInserts } from '../notices/queueNotices';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import type { TurnWrite } from './commitTurns';

/** Collects what the turns of one transaction write, and writes it at once. */
export class Pen {
  private readonly entitlements: Change[] = [];
  private readonly finished: string[] = [];
  private readonly leases: Change[] = [];
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

  write(claim: Claim, before: EntitlementView, write: TurnWrite): void {
    const { view, events, schedule, keepClaim } = write;
    for (const [index, decided] of view.leases.entries()) {
      const lease = { ...decided };
      const own = events.filter(event => event.leaseId === lease.id);
      const row = toRow(leaseColumns, before.leases[index]);
      if (own.length || !sameRow(row, toRow(leaseColumns, lease))) {
        lease.version += 1;
        this.events.push(...this.ledger.chain.append(lease, own, this.now));
        this.leases.push({ before: row, after: toRow(leaseColumns, lease) });
        this.notices.push(...noticesFor(lease, own));
        this.bundles.put(lease);
        if (own.some(event => event.to)) {
          this.wake(lease);
        }
      }
    }
    if (view.leases.some(lease => isUnfinished(lease.state))) {
      this.entitlements.push({
        before: toRow(entitlementColumns, before.entitlement),
        after: {
          ...toRow(entitlementColumns, view.entitlement),
          next_at: schedule.nextAt ?? null,
          turn_at: schedule.turnAt ?? null,
          claim_token: keepClaim ? claim.token : null,
          claim_until: keepClaim ? this.now + this.claimLifeMs : null,
        },
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
    for (const { after } of this.entitlements) {
      if (woken.delete(String(after.id))) {
        Object.assign(after, due);
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

function sameRow(before: Row, after: Row): boolean {
  return Object.keys(before).every(column => before[column] === after[column]);
}
