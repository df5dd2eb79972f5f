import { JitServiceOptions } from '@backstage-jit/plugin-jit-node';
import { JsonValue } from '@backstage/types';
import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { refusalOf } from './refusal';
import { StepContext, StepServices } from './StepContext';
import { stepKey } from './stepKey';

/**
 * A write on a lease or its request, once for this step however often the task is run, on behalf of the person who started it.
 *
 * @throws Error with the rule that refuses it, and what to do
 */
export async function writeToLease<T>(
  ctx: StepContext,
  options: {
    services: StepServices;
    /** What makes it another write. */
    input: JsonValue;
    what: string;
    write(options: JitServiceOptions): Promise<T>;
  },
): Promise<T> {
  const { services, input, what, write } = options;
  const as = await onBehalfOfInitiator(ctx, services);
  try {
    const idempotencyKey = stepKey(ctx, { input });
    return await write({ ...as, idempotencyKey });
  } catch (error) {
    throw refusalOf(error, what);
  }
}
