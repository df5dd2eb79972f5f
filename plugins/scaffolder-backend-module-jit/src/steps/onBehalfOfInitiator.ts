import { NotAllowedError } from '@backstage/errors';
import { JitServiceOptions } from '@backstage-jit/plugin-jit-node';
import { StepContext, StepServices } from './StepContext';

/**
 * The options of a call with the rights of the person who started the task.
 *
 * @throws NotAllowedError for a task that a service started
 */
export async function onBehalfOfInitiator(
  ctx: StepContext,
  { auth }: Pick<StepServices, 'auth'>,
): Promise<JitServiceOptions> {
  const credentials = await ctx.getInitiatorCredentials();
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'This task was started by a service. Leases are asked for by people: start the template on its page, signed in',
    );
  }
  return { credentials, signal: ctx.signal };
}
