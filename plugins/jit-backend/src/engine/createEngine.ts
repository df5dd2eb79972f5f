import { LoggerService } from '@backstage/backend-plugin-api';
import { JitProvider, OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { ActivityWatch } from '../activity/ActivityWatch';
import { JitConfig } from '../config';
import { Ledger } from '../database/Ledger';
import { ConnectionRegistry, EligibilityChecker } from '../policy';
import { Reconciler } from '../reconcile/Reconciler';
import { DefaultJitEngine, EngineOptions } from './DefaultJitEngine';
import { eligibilityCall } from './eligibilityCall';
import { OutsideSystems } from './OutsideSystems';
import { Planner } from './Planner';
import { ProviderCaller } from './ProviderCaller';

/** The engine with what shares its way to the outside. */
export interface EngineParts {
  engine: DefaultJitEngine;
  systems: OutsideSystems;
  reconciler: Reconciler;
  activityWatch: ActivityWatch;
  planner: Planner;
}

/** Puts the engine together. It does nothing before it is woken. */
export function createEngine(options: {
  ledger: Ledger;
  config: Pick<JitConfig, 'engine' | 'activity' | 'reconcile'>;
  providers: ReadonlyMap<string, JitProvider>;
  connections: ConnectionRegistry;
  mark: OwnershipMark;
  /** Asks the catalog anew each time. */
  checker: Pick<EligibilityChecker, 'check'>;
  logger: LoggerService;
  onChange?: EngineOptions['onChange'];
  observer?: EngineOptions['observer'];
  failpoint?: EngineOptions['failpoint'];
}): EngineParts {
  const { ledger, config, providers, connections, mark, logger } = options;
  const systems = new OutsideSystems({
    providers,
    connections,
    mark,
    callTimeoutMs: config.engine.callTimeoutMs,
    logger,
  });
  const engine = new DefaultJitEngine({
    ledger,
    systems,
    settings: config.engine,
    activity: config.activity,
    checkEligibility: eligibilityCall({ ...options, systems }),
    logger,
    onChange: options.onChange,
    observer: options.observer,
    failpoint: options.failpoint,
  });
  const reconciler = new Reconciler({
    ledger,
    systems,
    caller: new ProviderCaller({
      systems,
      logger,
      outsideMarginMs: config.engine.outsideMarginMs,
    }),
    engine,
    settings: config.reconcile,
    logger,
  });
  const activityWatch = new ActivityWatch({
    ledger,
    systems,
    engine,
    settings: config.activity,
    probeEveryMs: config.engine.probeEveryMs,
    logger,
  });
  return {
    engine,
    systems,
    reconciler,
    activityWatch,
    planner: new Planner({ systems }),
  };
}
