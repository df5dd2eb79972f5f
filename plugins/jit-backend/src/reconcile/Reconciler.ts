import { LoggerService } from '@backstage/backend-plugin-api';
import { ReconcileSettings } from '../config';
import { Ledger } from '../database/Ledger';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { tellOperators } from '../database/operations/notices/tellOperators';
import { adoptUnknown } from '../database/operations/reconcile/adoptUnknown';
import { readKnownLeases } from '../database/operations/reconcile/readKnownLeases';
import {
  readReport,
  ReconcileReport,
  writeReport,
} from '../database/operations/reconcile/reports';
import { readViews } from '../database/operations/reconcile/readViews';
import { resurrectLease } from '../database/operations/reconcile/resurrectLease';
import { classify } from '../engine/classify';
import { JitEngine } from '../engine/JitEngine';
import { OutsideSystems, Resolved } from '../engine/OutsideSystems';
import { ProviderCaller } from '../engine/ProviderCaller';
import { askForEnd } from '../leases/wishes';
import { exceeds } from '../tasks/exceeds';
import { compare, confirmed, Difference } from './compare';
import { canLookOutside, lookOutside } from './lookOutside';

/** How long the one look may take that confirms what a list does not have. */
const LOOK_TIMEOUT_MS = 120_000;

const ACTOR = 'system:reconcile';

/** Keeps the ledger and the outside together where they have drifted apart, by lists of a connection and provider. */
export class Reconciler {
  constructor(
    private readonly options: {
      ledger: Ledger;
      systems: OutsideSystems;
      caller: ProviderCaller;
      engine: Pick<JitEngine, 'wake'>;
      settings: ReconcileSettings;
      logger: LoggerService;
    },
  ) {}

  /** One pass over every connection. One that fails does not keep the others from theirs. */
  async reconcileAll(signal?: AbortSignal): Promise<void> {
    for (const resolved of this.options.systems.all()) {
      if (canLookOutside(resolved)) {
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
        go: before?.go ?? false,
      }),
    };
    await writeReport(ledger, report);
    return report;
  }

  /** @returns why something was not done, when it was not */
  private async act(
    resolved: Resolved,
    identity: string,
    options: { counted: Difference[]; lookedAt: number; go: boolean },
  ): Promise<string | undefined> {
    const { counted, lookedAt, go } = options;
    const unknown = counted.filter(each => each.type === 'unknown');
    const rest = counted.filter(each => each.type !== 'unknown');
    if (!go && exceeds(this.options.settings.atMost, rest.length, lookedAt)) {
      return await this.hold(
        resolved,
        `${rest.length} of ${lookedAt} things differ from the ledger; nothing was changed, because so many at once look like a fault`,
      );
    }
    for (const difference of rest) {
      if (difference.type === 'ghost') {
        await this.endGhost(difference);
      } else if (this.removes(resolved)) {
        await resurrectLease(this.options.ledger, {
          leaseId: difference.leaseId,
          externalName: difference.externalName,
          identity,
          actor: ACTOR,
        });
      }
    }
    if (!unknown.length) {
      return undefined;
    }
    if (!go) {
      return await this.hold(
        resolved,
        `${unknown.length} things carry this ledger's mark and are unknown to it, as after a restore from a backup; they are left alone until an operator says go`,
      );
    }
    for (const difference of unknown) {
      await adoptUnknown(this.options.ledger, {
        connection: resolved.connection.name,
        provider: resolved.provider.id,
        kind: resolved.provider.kind,
        externalName: difference.externalName,
        leaseId: difference.leaseId,
        identity,
        actor: ACTOR,
      });
    }
    return undefined;
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
      {
        operation: 'inspect',
        leaseId: active[0].id,
        startedAt: 0,
        landsUntil: 0,
      },
      {
        signal: AbortSignal.timeout(LOOK_TIMEOUT_MS),
        since: performance.now(),
      },
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

  private async hold(resolved: Resolved, held: string): Promise<string> {
    const { name } = resolved.connection;
    await tellOperators(this.options.ledger, {
      scope: `reconcile/${name}/${resolved.provider.id}`,
      title: `Connection ${name} and the ledger disagree`,
      description: held,
    });
    return held;
  }
}
