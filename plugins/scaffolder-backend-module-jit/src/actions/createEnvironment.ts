import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  environmentInput,
  leaseOutput,
  outputLease,
  outputParts,
  parametersInput,
  partsOutput,
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
      input: { ...environmentInput, ...parametersInput, ...waitInput },
      output: { ...leaseOutput, ...partsOutput },
    },
    async handler(ctx) {
      const { wait, ...order } = ctx.input;
      const result = await runLeaseStep(ctx, { order, wait, services });
      outputLease(ctx, services, result);
      if (result?.lease.bundle) {
        outputParts(ctx, services, result.leases);
      }
    },
  });
}
