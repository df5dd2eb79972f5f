import { ResponseError } from '@backstage/errors';
import { Answer, Lease } from '@backstage-jit/plugin-jit-common';
import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { refusalOf } from './refusal';
import { StepContext, StepServices, TASK_ORIGIN } from './StepContext';

interface Looks {
  /** As the person sees it, who may not see it at all. */
  first: Answer<{ lease: Lease }>;
  /** Undefined when the jit backend does not answer now. */
  look(): Promise<Answer<{ lease: Lease }> | undefined>;
}

/**
 * How a lease is looked at again and again: one that this task asked for as the scaffolder's own service, so that the person's token may run
 * out meanwhile; any other with the rights of the person.
 *
 * @throws Error for a lease that the person does not see
 */
export async function looksAt(
  ctx: StepContext,
  options: { leaseId: string; services: StepServices },
): Promise<Looks> {
  const { leaseId, services } = options;
  const { auth, jit } = services;
  const what = `Lease ${leaseId} cannot be looked at`;
  const asPerson = await onBehalfOfInitiator(ctx, services);
  const first = await jit.getLease(leaseId, asPerson).catch(error => {
    throw refusalOf(error, what);
  });
  const { origin } = first.lease;
  const isOurs = origin?.type === TASK_ORIGIN && origin.id === ctx.task.id;
  return {
    first,
    async look() {
      try {
        const credentials = isOurs
          ? await auth.getOwnServiceCredentials()
          : asPerson.credentials;
        return await jit.getLease(leaseId, { credentials, signal: ctx.signal });
      } catch (error) {
        ctx.signal?.throwIfAborted();
        if (mayPass(error)) {
          return undefined;
        }
        throw refusalOf(error, what);
      }
    },
  };
}

/** Whether the next look may get an answer: the backend restarts, or has too much to do. */
function mayPass(error: unknown): boolean {
  return error instanceof ResponseError
    ? error.statusCode === 429 || error.statusCode >= 500
    : error instanceof TypeError;
}
