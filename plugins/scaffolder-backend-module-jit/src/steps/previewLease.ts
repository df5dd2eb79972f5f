import { RequestPreview } from '@backstage-jit/plugin-jit-common';
import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { LeaseOrder, nameOf, requestOf } from './LeaseOrder';
import { refusalOf } from './refusal';
import { StepContext, StepServices } from './StepContext';
import { inWords } from './story';

/**
 * Whether asking would be refused. Nothing is written; a dry run tells what it would make.
 *
 * @throws Error with the rule that refuses it, and what to do
 */
export async function previewLease(
  ctx: StepContext,
  options: { order: LeaseOrder; services: StepServices },
): Promise<void> {
  const { order, services } = options;
  const { jit } = services;
  const name = nameOf(order);
  const as = await onBehalfOfInitiator(ctx, services);
  let preview;
  try {
    preview = await jit.previewRequest(await requestOf(order, jit, as), as);
  } catch (error) {
    throw refusalOf(error, `${name} would not be granted`);
  }
  for (const { profileId, refusal } of preview.leases) {
    if (refusal) {
      throw new Error(`${profileId} would not be granted: ${refusal}`);
    }
  }
  if (ctx.isDryRun) {
    preview.leases.forEach(lease => tell(lease, ctx.logger));
  }
}

function tell(
  lease: RequestPreview['leases'][number],
  logger: StepContext['logger'],
): void {
  const { profileId, durationMs, residual, plan = [] } = lease;
  logger.info(`${profileId} would be granted for ${inWords(durationMs)}`);
  for (const line of plan) {
    logger.info(`It would ${line}`);
  }
  if (residual) {
    logger.info(`What nobody can take back afterwards: ${residual}`);
  }
}
