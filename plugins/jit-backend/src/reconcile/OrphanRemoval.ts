import { LoggerService } from '@backstage/backend-plugin-api';
import { Ledger } from '../database/Ledger';
import { readLease } from '../database/operations/leases/readLease';
import { adoptUnknown } from '../database/operations/reconcile/adoptUnknown';
import { resurrectLease } from '../database/operations/reconcile/resurrectLease';
import { ProviderCaller } from '../engine/ProviderCaller';
import { LOOK_CALL, lookWindow } from './look';
import { Orphan, orphanEntitlement, orphanLease } from './orphanLease';

/** Sends things of ours that no unfinished lease holds on their way out: through `revoking` like any other, with retries, verified, in the trail. */
export class OrphanRemoval {
  constructor(
    private readonly options: {
      ledger: Ledger;
      caller: ProviderCaller;
      actor: string;
      logger: LoggerService;
    },
  ) {}

  /** Of a lease that has ended. */
  async takeBack(orphan: Orphan): Promise<void> {
    const { ledger, actor } = this.options;
    if (await this.isThere(orphan)) {
      await resurrectLease(ledger, { ...orphan, actor, as: 'resurrected' });
    }
  }

  /** Of a lease that the ledger does not know, or not as one that was ever granted. */
  async adopt(orphan: Orphan): Promise<void> {
    const { ledger, actor } = this.options;
    if (await this.isThere(orphan)) {
      const isKnown = await resurrectLease(ledger, {
        ...orphan,
        actor,
        as: 'orphaned',
      });
      if (!isKnown) {
        await adoptUnknown(ledger, { orphan, actor });
      }
    }
  }

  /** Whether a look at this one thing finds it as well. One that fails finds nothing: the next pass looks again. */
  private async isThere(orphan: Orphan): Promise<boolean> {
    const { ledger, caller, logger } = this.options;
    const { leaseId } = orphan;
    const now = await ledger.clock.now(ledger.knex);
    const lease =
      (await readLease(ledger, { id: leaseId })) ?? orphanLease(orphan, now);
    const entitlement = orphanEntitlement(orphan, {
      id: lease.entitlementId,
      shared: lease.entitlementId !== lease.id,
    });
    const answer = await caller.perform(
      { entitlement, leases: [lease] },
      { ...LOOK_CALL, leaseId },
      lookWindow(),
    );
    if ('look' in answer) {
      return answer.look.status !== 'absent';
    }
    logger.warn('An orphan could not be looked at: it is left alone for now', {
      lease: leaseId,
      connection: orphan.connection,
    });
    return false;
  }
}
