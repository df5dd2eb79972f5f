import { Lease } from '@backstage-jit/plugin-jit-common';
import {
  askForLease,
  DurationInput,
  LeaseOrder,
  previewLease,
  readWait,
  StepContext,
  StepServices,
  waitForLease,
} from '../steps';

/**
 * Asks for a lease and waits for it; in a dry run, tells what would be.
 *
 * @returns undefined in a dry run
 * @throws InputError for a wait that is too long, before anything is asked for
 */
export async function runLeaseStep(
  ctx: StepContext,
  options: {
    order: LeaseOrder;
    wait: DurationInput | undefined;
    services: StepServices;
  },
): Promise<{ lease: Lease; waiting: boolean } | undefined> {
  const { order, services } = options;
  const limitMs = readWait(options.wait);
  if (ctx.isDryRun) {
    await previewLease(ctx, { order, services });
    return undefined;
  }
  const { id } = await askForLease(ctx, { order, services });
  return await waitForLease(ctx, {
    leaseId: id,
    goal: 'active',
    limitMs,
    services,
  });
}
