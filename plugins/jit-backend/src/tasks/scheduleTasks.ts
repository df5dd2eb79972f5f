import {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { JitOrigin } from '@backstage-jit/plugin-jit-node';
import { JitConfig } from '../config';
import { Ledger } from '../database/Ledger';
import { writeEndingSoon } from '../database/operations/recheck/writeEndingSoon';
import { writeReviewsDue } from '../database/operations/recheck/writeReviewsDue';
import { writeStuck } from '../database/operations/recheck/writeStuck';
import { writeTold } from '../database/operations/recheck/writeTold';
import { EngineParts } from '../engine/createEngine';
import { Directory, EligibilityChecker, ProfileRegistry } from '../policy';
import { ApproverFinder } from '../requests/approval/ApproverFinder';
import { PendingRequests } from '../requests/approval/PendingRequests';
import { ownersOfTarget } from '../rights/ownersOfTarget';
import { copyBreakGlass } from './copyBreakGlass';
import { deliverNotices } from './deliverNotices';
import { lookAtConnections } from './lookAtConnections';
import { lookAtOrigins } from './lookAtOrigins';
import { lookAtOwners } from './lookAtOwners';
import { recheckEligibility } from './recheckEligibility';
import { removeOldLeases } from './removeOldLeases';
import { tidyOutside } from './tidyOutside';
import { writeCheckpoint } from './writeCheckpoint';

/** Whether a connection is to be looked at is asked so often at the least. */
const ASK_EVERY_MS = 5_000;

/** What is due together begins so far apart: all at one instant, they would hold up what people wait for. */
const APART_MS = 100;

/** What the tasks work on. */
export interface TaskOptions extends EngineParts {
  ledger: Ledger;
  config: JitConfig;
  origins: ReadonlyMap<string, JitOrigin>;
  profiles: Pick<ProfileRegistry, 'get' | 'list' | 'refresh'>;
  /** Asks the catalog anew each time. */
  checker: EligibilityChecker;
  /** The same. */
  directory: Directory;
  finder: ApproverFinder;
  notifications: NotificationService;
  auditor: AuditorService;
  scheduler: SchedulerService;
  logger: LoggerService;
}

/** A local task that fails says so itself: the scheduler swallows its errors. */
const SLOW_TIMEOUT = { minutes: 10 };

/**
 * Hands the plugin's work to the scheduler. The engine's tick runs in every replica and is what guarantees that leases end; the slow tasks run in
 * one replica at a time.
 */
export async function scheduleTasks(options: TaskOptions): Promise<void> {
  const { ledger, config, scheduler, logger, engine } = options;
  const { reconciler, activityWatch } = options;
  const pending = new PendingRequests(options);

  await scheduler.scheduleTask({
    id: 'jit-engine',
    scope: 'local',
    frequency: { milliseconds: config.engine.tickMs },
    timeout: { minutes: 1 },
    fn: async () => engine.wake(),
  });
  await scheduler.scheduleTask({
    id: 'jit-activity',
    scope: 'global',
    frequency: {
      milliseconds: Math.min(ASK_EVERY_MS, config.activity.everyMs / 4),
    },
    timeout: { minutes: 1 },
    // Not waited for: a connection that does not answer must not keep the others from their looks.
    fn: async () => {
      void activityWatch.tick();
    },
  });
  await scheduler.scheduleTask({
    id: 'jit-profiles',
    scope: 'local',
    frequency: { minutes: 1 },
    timeout: { minutes: 1 },
    fn: async () => {
      await options.profiles.refresh().catch(error => {
        logger.warn('The profiles could not be looked at', {
          error: error.name,
        });
      });
    },
  });

  const slow: Array<{
    id: string;
    everyMs: number;
    fn: (signal: AbortSignal) => Promise<unknown>;
  }> = [
    {
      id: 'jit-notices',
      everyMs: 5_000,
      fn: async signal => {
        await deliverNotices({
          ...options,
          operators: config.operators,
          findOwners: target => ownersOfTarget(target, options),
          signal,
        });
        await writeTold(ledger);
      },
    },
    {
      id: 'jit-ending-soon',
      everyMs: 30_000,
      fn: () => writeEndingSoon(ledger),
    },
    {
      id: 'jit-reviews',
      everyMs: 30_000,
      fn: () => writeReviewsDue(ledger),
    },
    {
      id: 'jit-origins',
      everyMs: 10_000,
      fn: signal => lookAtOrigins({ ...options, signal }),
    },
    {
      id: 'jit-lapse',
      everyMs: 10_000,
      fn: signal => pending.lapse(signal),
    },
    {
      id: 'jit-approvers',
      everyMs: 60_000,
      fn: signal => pending.refresh(signal),
    },
    {
      id: 'jit-owners',
      everyMs: 60_000,
      fn: signal => lookAtOwners({ ...options, signal }),
    },
    {
      id: 'jit-stuck',
      everyMs: 30_000,
      fn: () => writeStuck(ledger, config.engine),
    },
    {
      id: 'jit-health',
      everyMs: 60_000,
      fn: signal => lookAtConnections({ ...options, signal }),
    },
    {
      id: 'jit-break-glass-copy',
      everyMs: 60_000,
      fn: () => copyBreakGlass(options),
    },
    {
      id: 'jit-recheck',
      everyMs: config.recheck.everyMs,
      fn: signal =>
        recheckEligibility({ ...options, settings: config.recheck, signal }),
    },
    {
      id: 'jit-reconcile',
      everyMs: config.reconcile.everyMs,
      fn: signal => reconciler.reconcileAll('access', signal),
    },
    {
      id: 'jit-reconcile-infrastructure',
      everyMs: config.reconcile.infrastructureEveryMs,
      fn: signal => reconciler.reconcileAll('infrastructure', signal),
    },
    {
      id: 'jit-tidy',
      everyMs: config.reconcile.everyMs,
      fn: signal => tidyOutside({ ...options, signal }),
    },
    {
      id: 'jit-checkpoint',
      everyMs: config.engine.checkpointEveryMs,
      fn: signal => writeCheckpoint({ ...options, signal }),
    },
  ];
  const { keepMs } = config.trail;
  if (keepMs !== undefined) {
    slow.push({
      id: 'jit-retention',
      everyMs: 3_600_000,
      fn: signal => removeOldLeases({ ...options, keepMs, signal }),
    });
  }
  for (const [n, { id, everyMs, fn }] of slow.entries()) {
    await scheduler.scheduleTask({
      id,
      scope: 'global',
      frequency: { milliseconds: everyMs },
      timeout: SLOW_TIMEOUT,
      fn: async signal => {
        await sleep(n * APART_MS, undefined, { signal, ref: false });
        await fn(signal);
      },
    });
  }
}
