import { JsonValue } from '@backstage/types';
import { createHash } from 'node:crypto';
import { StepContext } from './StepContext';

/**
 * What a write of a step is known by, to the jit backend (`Idempotency-Key`) and in the task's checkpoints.
 *
 * The same for the same step of the same task with the same input, however often the task is recovered or retried; another one for each turn
 * of `each`, for another input, and for another generation: a retry after what the step made was taken back.
 */
export function stepKey(
  ctx: Pick<StepContext, 'task' | 'step' | 'each'>,
  options: { input: JsonValue; generation?: number },
): string {
  const { input, generation = 0 } = options;
  const turn = ctx.each ? String(ctx.each.key) : undefined;
  const parts = [ctx.task.id, ctx.step?.id ?? null, turn ?? null, input];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `scaffolder.${hash}.${generation}`;
}
