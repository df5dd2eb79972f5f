import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  leaseIdInput,
  leaseOutput,
  outputLease,
  readWait,
  StepServices,
  waitForLease,
  waitInput,
} from '../steps';
import { examples } from './waitForLease.examples';

/** `jit:lease:wait`: waits for a lease to be ready, or gone. */
export function createWaitForLeaseAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:lease:wait',
    description: 'Waits until a lease is ready to use, or gone.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...leaseIdInput,
        until: z =>
          z
            .enum(['active', 'gone'])
            .optional()
            .describe('What to wait for; active when not given.'),
        ...waitInput,
      },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { leaseId, until = 'active', wait } = ctx.input;
      const limitMs = readWait(wait);
      if (ctx.isDryRun) {
        ctx.logger.info(`It would wait until lease ${leaseId} is ${until}`);
        outputLease(ctx, services, undefined);
        return;
      }
      outputLease(
        ctx,
        services,
        await waitForLease(ctx, { leaseId, goal: until, limitMs, services }),
      );
    },
  });
}
