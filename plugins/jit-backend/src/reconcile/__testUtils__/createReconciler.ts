import { mockServices } from '@backstage/backend-test-utils';
import { Ledger } from '../../database/Ledger';
import { JitEngine } from '../../engine/JitEngine';
import { OutsideSystems } from '../../engine/OutsideSystems';
import { ProviderCaller } from '../../engine/ProviderCaller';
import { ReconcileSettings } from '../../config';
import { Reconciler } from '../Reconciler';

/** Reports orphaned infrastructure, and changes five things at the most, unless given otherwise. */
export function createReconciler(options: {
  ledger: Ledger;
  systems: OutsideSystems;
  engine: JitEngine;
  settings?: Partial<ReconcileSettings>;
}): Reconciler {
  const { settings, ...parts } = options;
  const logger = mockServices.logger.mock();
  return new Reconciler({
    ...parts,
    caller: new ProviderCaller({
      systems: parts.systems,
      logger,
      outsideMarginMs: 0,
    }),
    settings: {
      everyMs: 900_000,
      infrastructureEveryMs: 120_000,
      orphans: { infrastructure: 'report' },
      atMost: { count: 5, percent: 5 },
      ...settings,
    },
    logger,
  });
}
