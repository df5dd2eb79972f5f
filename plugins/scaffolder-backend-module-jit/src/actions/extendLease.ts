import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  durationInput,
  endLine,
  leaseIdInput,
  leaseOutput,
  outputLease,
  StepServices,
  writeToLease,
} from '../steps';
import { examples } from './extendLease.examples';

/** `jit:lease:extend`: moves the end of a lease, whole or not at all. */
export function createExtendLeaseAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:lease:extend',
    description: 'Moves the end of a lease, as far as its profile allows.',
    examples,
    supportsDryRun: true,
    schema: {
      input: { ...leaseIdInput, ...durationInput },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { leaseId, duration } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`It would extend lease ${leaseId}`);
        outputLease(ctx, services, undefined);
        return;
      }
      const { lease, now } = await writeToLease(ctx, {
        services,
        input: { leaseId, duration },
        what: `Lease ${leaseId} was not extended`,
        write: options =>
          services.jit.extendLease(leaseId, { duration }, options),
      });
      ctx.logger.info(endLine(lease, now) ?? 'Extended');
      outputLease(ctx, services, { lease, waiting: false });
    },
  });
}
