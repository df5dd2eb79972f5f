import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  leaseInput,
  leaseOutput,
  outputLease,
  parametersInput,
  StepServices,
  waitInput,
} from '../steps';
import { examples } from './requestAccess.examples';
import { runLeaseStep } from './runLeaseStep';

/** `jit:access:request`: asks for access, and waits only when told to. */
export function createRequestAccessAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:access:request',
    description:
      'Asks for access for a while, on behalf of the person who started the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: { ...leaseInput, ...parametersInput, ...waitInput },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { wait = { seconds: 0 }, ...order } = ctx.input;
      outputLease(
        ctx,
        services,
        await runLeaseStep(ctx, { order, wait, services }),
      );
    },
  });
}
