import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  leaseInput,
  leaseOutput,
  outputLease,
  parametersInput,
  StepServices,
  waitInput,
} from '../steps';
import { examples } from './createEnvironment.examples';
import { runLeaseStep } from './runLeaseStep';

/** `jit:environment:create`: infrastructure for a while, with the story of its making in the task log. */
export function createEnvironmentAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:environment:create',
    description:
      'Makes infrastructure for a while: asks for the lease, waits until it is ready, and says how to reach it.',
    examples,
    supportsDryRun: true,
    schema: {
      input: { ...leaseInput, ...parametersInput, ...waitInput },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { wait, ...order } = ctx.input;
      outputLease(
        ctx,
        services,
        await runLeaseStep(ctx, { order, wait, services }),
      );
    },
  });
}
