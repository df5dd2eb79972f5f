import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  clock,
  durationInput,
  endLine,
  inWords,
  leaseIdInput,
  leaseOutput,
  outputLease,
  StepServices,
  writeToLease,
} from '../steps';
import { examples } from './extendLease.examples';

/** `jit:lease:extend`: moves the end of a lease, whole or not at all; beyond what its profile moves at once, asks people to. */
export function createExtendLeaseAction(services: StepServices) {
  return createTemplateAction({
    id: 'jit:lease:extend',
    description:
      'Moves the end of a lease as far as its profile allows, and asks for approval of what is beyond that.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...leaseIdInput,
        ...durationInput,
        reason: z =>
          z
            .string()
            .optional()
            .describe('For who decides about it, where that is needed.'),
      },
      output: leaseOutput,
    },
    async handler(ctx) {
      const { leaseId, duration, reason } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`It would extend lease ${leaseId}`);
        outputLease(ctx, services, undefined);
        return;
      }
      const { lease, request, now } = await writeToLease(ctx, {
        services,
        input: { leaseId, duration },
        what: `Lease ${leaseId} was not extended`,
        write: options =>
          services.jit.extendLease(leaseId, { duration, reason }, options),
      });
      if (request?.extends) {
        const { durationMs, until } = request.extends;
        ctx.logger.info(
          `Waiting for approval of ${inWords(durationMs)} more, until ${clock(
            until,
            now,
          )}`,
        );
      }
      ctx.logger.info(endLine(lease, now) ?? 'Extended');
      outputLease(ctx, services, { lease, waiting: request !== undefined });
    },
  });
}
