import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  askForEnd,
  leasesOfTask,
  readWait,
  shortId,
  StepServices,
  waitForLease,
  waitInput,
} from '../steps';
import { examples } from './rollBackTask.examples';

/** `jit:task:rollback`: ends all that the steps before asked for, and says of each when it is gone. */
export function createRollBackTaskAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:task:rollback',
    description:
      'Ends the leases that the steps of this task asked for, and waits until what they gave is gone: for a step with the condition failure().',
    examples,
    supportsDryRun: true,
    schema: {
      input: waitInput,
      output: {
        leaseIds: z =>
          z.array(z.string()).describe('The leases that it ended.'),
        waiting: z =>
          z
            .boolean()
            .describe('Whether the step has ended before all of it was gone.'),
      },
    },
    async handler(ctx) {
      const until = performance.now() + readWait(ctx.input.wait);
      if (ctx.isDryRun) {
        ctx.logger.info('It would end what the steps before asked for');
        ctx.output('leaseIds', []);
        ctx.output('waiting', false);
        return;
      }
      const leases = await leasesOfTask(ctx, services);
      if (!leases.length) {
        ctx.logger.info('There is no lease of this task to end');
      }
      const why = `Task ${ctx.task.id} rolls back what its steps asked for`;
      for (const lease of leases) {
        ctx.logger.info(
          `Ending lease ${shortId(lease)}: ${lease.profileTitle}`,
        );
        await askForEnd(ctx, { lease, why, services });
      }
      let allGone = true;
      for (const { id } of leases) {
        const { waiting } = await waitForLease(ctx, {
          leaseId: id,
          goal: 'gone',
          limitMs: Math.max(0, until - performance.now()),
          services,
        });
        allGone &&= !waiting;
      }
      ctx.output(
        'leaseIds',
        leases.map(({ id }) => id),
      );
      ctx.output('waiting', !allGone);
    },
  });
}
