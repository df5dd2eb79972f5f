import { LoggerService } from '@backstage/backend-plugin-api';
import { LeaseKind } from '@backstage-jit/plugin-jit-common';
import { ReconcileSettings } from '../config';
import { Ledger } from '../database/Ledger';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { tellOperators } from '../database/operations/notices/tellOperators';
import { readKnownLeases } from '../database/operations/reconcile/readKnownLeases';
import {
  readReport,
  ReconcileReport,
  writeReport,
} from '../database/operations/reconcile/reports';
import { readViews } from '../database/operations/reconcile/readViews';
import { classify } from '../engine/classify';
import { JitEngine } from '../engine/JitEngine';
import { OutsideSystems, Resolved } from '../engine/OutsideSystems';
import { ProviderCaller } from '../engine/ProviderCaller';
import { askForEnd } from '../leases/wishes';
import { chooseCourse } from './chooseCourse';
import { compare, confirmed, Difference } from './compare';
import { LOOK_CALL, lookWindow } from './look';
import { canLookOutside, lookOutside } from './lookOutside';
import { Orphan } from './orphanLease';
import { OrphanRemoval } from './OrphanRemoval';

const ACTOR = 'system:reconcile';

/** Keeps the ledger and the outside together where they have drifted apart, by lists of a connection and provider. */
export class Reconciler {
  private readonly orphans: OrphanRemoval;

  constructor(
    private readonly options: {
      ledger: Ledger;
      systems: OutsideSystems;
      caller: ProviderCaller;
      engine: Pick<JitEngine, 'wake'>;
      settings: ReconcileSettings;
      logger: LoggerService;
    },
  ) {
    this.orphans = new OrphanRemoval({ ...options, actor: ACTOR });
  }

  /** One pass over every connection, for the providers of one kind. One that fails does not keep the others from theirs. */
  async reconcileAll(kind: LeaseKind, signal?: AbortSignal): Promise<void> {
    for (const resolved of this.options.systems.all()) {
      if (resolved.provider.kind === kind && canLookOutside(resolved)) {
        signal?.throwIfAborted();
        await this.reconcile(resolved, signal);
      }
    }
    this.options.engine.wake();
  }

  /**
   * One pass over one connection and provider. A list that breaks off, or a system that is not there or is another one, ends it without a
   * change.
   */
  async reconcile(
    resolved: Resolved,
    signal?: AbortSignal,
  ): Promise<ReconcileReport | undefined> {
    const { ledger, systems, logger } = this.options;
    const at = {
      connection: resolved.connection.name,
      provider: resolved.provider.id,
    };
    const gate = await systems.gate(at);
    if (!gate.open) {
      logger.warn(`Not reconciled: ${gate.failure.message}`, at);
      return undefined;
    }
    const look = await lookOutside({
      ledger,
      systems,
      resolved,
      identity: gate.identity,
      signal,
    }).catch(error => {
      const why = classify(error, at.provider).message;
      logger.warn('Not reconciled: the list of what is there broke off', {
        ...at,
        why,
      });
      return undefined;
    });
    if (!look) {
      return undefined;
    }

    const { outside, expected } = look;
    const now = await ledger.clock.now(ledger.knex);
    const before = await readReport(ledger, at);
    const differences = compare({
      outside,
      expected,
      leases: await readKnownLeases(
        ledger,
        outside.map(thing => thing.leaseId),
      ),
      before: before?.differences ?? [],
      now,
    });
    const { settleMs } = systems.traits(at.provider);
    const counted = confirmed(differences, { now, settleMs });
    const report: ReconcileReport = {
      ...at,
      at: now,
      differences,
      held: await this.act(resolved, gate.identity, {
        counted,
        lookedAt: Math.max(outside.length, expected.length),
        before,
      }),
    };
    await writeReport(ledger, report);
    return report;
  }

  /** @returns what was found and left alone, in words, when there is any */
  private async act(
    resolved: Resolved,
    identity: string,
    options: {
      counted: Difference[];
      lookedAt: number;
      before?: ReconcileReport;
    },
  ): Promise<string | undefined> {
    const { counted, lookedAt, before } = options;
    const course = chooseCourse({
      counted,
      lookedAt,
      atMost: this.options.settings.atMost,
      removes: this.removes(resolved),
      go: before?.go ?? false,
    });
    for (const ghost of course.end) {
      await this.endGhost(ghost);
    }
    const toOrphan = ({ externalName, leaseId }: Difference): Orphan => ({
      connection: resolved.connection.name,
      provider: resolved.provider.id,
      kind: resolved.provider.kind,
      externalName,
      leaseId,
      identity,
    });
    for (const orphan of course.takeBack) {
      await this.orphans.takeBack(toOrphan(orphan));
    }
    for (const thing of course.adopt) {
      await this.orphans.adopt(toOrphan(thing));
    }
    return await this.hold(resolved, before, course.left);
  }

  private removes({ provider }: Resolved): boolean {
    return (
      provider.kind === 'access' ||
      this.options.settings.orphans.infrastructure === 'remove'
    );
  }

  /** Ends the leases on a thing that a look of its own does not find either. */
  private async endGhost({ externalName }: Difference): Promise<void> {
    const { ledger, caller } = this.options;
    const [view] = await readViews(ledger, { externalNames: [externalName] });
    const active = view?.leases.filter(lease => lease.state === 'active');
    if (!view || !active?.length) {
      return;
    }
    const look = await caller.perform(
      view,
      { ...LOOK_CALL, leaseId: active[0].id },
      lookWindow(),
    );
    if ('look' in look && look.look.status === 'absent') {
      await writeWishes(ledger, {
        leaseIds: active.map(lease => lease.id),
        decide: (lease, now) =>
          lease.state === 'active'
            ? askForEnd(lease, {
                actor: ACTOR,
                now,
                reason: 'removed-outside',
                why: 'It was removed outside',
              })
            : undefined,
      });
    }
  }

  /** Tells the operators what is left alone, unless they know. */
  private async hold(
    resolved: Resolved,
    before: ReconcileReport | undefined,
    reasons: string[],
  ): Promise<string | undefined> {
    if (!reasons.length) {
      return undefined;
    }
    const { name } = resolved.connection;
    const held = reasons.join('; ');
    if (held !== before?.held) {
      await tellOperators(this.options.ledger, {
        scope: `reconcile/${name}/${resolved.provider.id}`,
        title: `Connection ${name} and the ledger disagree`,
        description: held,
      });
    }
    return held;
  }
}
