import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  leaseIdInput,
  leaseOutput,
  outputLease,
  readWait,
  StepServices,
  waitForLease,
  waitInput,
  writeToLease,
} from '../steps';
import { examples } from './endLease.examples';

/** `jit:lease:end`: ends a lease, and waits until what it gave is gone. */
export function createEndLeaseAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:lease:end',
    description: 'Ends a lease, and waits until what it gave is gone.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...leaseIdInput,
        why: z => z.string().optional().describe('For the history.'),
        ...waitInput,
      },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { leaseId, why, wait } = ctx.input;
      const limitMs = readWait(wait);
      if (ctx.isDryRun) {
        ctx.logger.info(`It would end lease ${leaseId}`);
        outputLease(ctx, services, undefined);
        return;
      }
      await writeToLease(ctx, {
        services,
        input: { leaseId },
        what: `Lease ${leaseId} was not ended`,
        write: options => services.jit.endLease(leaseId, { why }, options),
      });
      ctx.logger.info('The end was asked for');
      outputLease(
        ctx,
        services,
        await waitForLease(ctx, { leaseId, goal: 'gone', limitMs, services }),
      );
    },
  });
}
