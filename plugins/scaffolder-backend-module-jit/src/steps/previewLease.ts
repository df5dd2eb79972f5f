import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { LeaseOrder, requestOf } from './askForLease';
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
  const as = await onBehalfOfInitiator(ctx, services);
  let preview;
  try {
    preview = await services.jit.previewRequest(requestOf(order), as);
  } catch (error) {
    throw refusalOf(error, `${order.profileId} would not be granted`);
  }
  const [{ profileId, durationMs, refusal, residual, plan = [] }] =
    preview.leases;
  if (refusal) {
    throw new Error(`${profileId} would not be granted: ${refusal}`);
  }
  if (!ctx.isDryRun) {
    return;
  }
  ctx.logger.info(`${profileId} would be granted for ${inWords(durationMs)}`);
  for (const line of plan) {
    ctx.logger.info(`It would ${line}`);
  }
  if (residual) {
    ctx.logger.info(`What nobody can take back afterwards: ${residual}`);
  }
}
