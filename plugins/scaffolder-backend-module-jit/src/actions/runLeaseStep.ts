import { Lease } from '@backstage-jit/plugin-jit-common';
import {
  askForLeases,
  DurationInput,
  LeaseOrder,
  previewLease,
  readWait,
  StepContext,
  StepServices,
  waitForLease,
} from '../steps';

/**
 * Asks for a lease, or a bundle of them, and waits for one after the other; in a dry run, tells what would be.
 *
 * @returns the leases in their order, the first one, and whether they are not all there yet; undefined in a dry run
 * @throws InputError for a wait that is too long, before anything is asked for
 */
export async function runLeaseStep(
  ctx: StepContext,
  options: {
    order: LeaseOrder;
    wait: DurationInput | undefined;
    services: StepServices;
  },
): Promise<{ lease: Lease; leases: Lease[]; waiting: boolean } | undefined> {
  const { order, services } = options;
  const until = performance.now() + readWait(options.wait);
  if (ctx.isDryRun) {
    await previewLease(ctx, { order, services });
    return undefined;
  }
  const asked = await askForLeases(ctx, { order, services });
  const leases = [...asked];
  for (const [index, { id, profileTitle }] of asked.entries()) {
    if (asked.length > 1) {
      ctx.logger.info(`Part ${index + 1} of ${asked.length}: ${profileTitle}`);
    }
    const { lease, waiting } = await waitForLease(ctx, {
      leaseId: id,
      goal: 'active',
      limitMs: Math.max(0, until - performance.now()),
      services,
    });
    leases[index] = lease;
    if (waiting) {
      return { lease: leases[0], leases, waiting };
    }
  }
  return { lease: leases[0], leases, waiting: false };
}
