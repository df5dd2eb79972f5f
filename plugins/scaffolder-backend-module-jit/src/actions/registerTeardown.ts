import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  leaseInput,
  leaseOutput,
  outputLease,
  previewLease,
  StepServices,
  valuesInput,
  waitInput,
} from '../steps';
import { examples } from './registerTeardown.examples';
import { runLeaseStep } from './runLeaseStep';

/** `jit:teardown:register`: what an earlier step made gets an end. */
export function createRegisterTeardownAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:teardown:register',
    description:
      'Gives what an earlier step made an end: when the lease is over, the teardown template of the profile runs with these values.',
    examples,
    supportsDryRun: true,
    schema: {
      input: { ...leaseInput, ...valuesInput, ...waitInput },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { wait, values, ...rest } = ctx.input;
      const order = { ...rest, parameters: values };
      if (!ctx.isDryRun) {
        // A teardown that cannot run is refused before there is a lease, so that nothing is taken for registered.
        await previewLease(ctx, { order, services });
      }
      outputLease(
        ctx,
        services,
        await runLeaseStep(ctx, { order, wait, services }),
      );
    },
  });
}
