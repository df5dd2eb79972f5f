import { JitProviderError, LeaseContext } from '@backstage-jit/plugin-jit-node';
import { Scaffolder, Task } from '../scaffolder';
import { isRun, MARK, markFor, RunMark } from './mark';
import {
  ScaffolderConnection,
  TemplateHandle,
  TemplateParams,
} from './schemas';
import { trustProblem } from './templateProblem';

export type TemplateContext = LeaseContext<
  TemplateParams,
  TemplateHandle,
  ScaffolderConnection
>;

/** Which of the tasks that a lease has us run. */
export type Run = Pick<RunMark, 'purpose' | 'attempt'>;

/** Whether a task goes on. */
export function isRunning({ status }: Task): boolean {
  return status === 'open' || status === 'processing';
}

/**
 * The task of a run: by its id, when that is known; else it is looked for among all, since a process may have died just after it started one.
 */
export async function findRun(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
  run: Run & { id?: string },
): Promise<Task | undefined> {
  if (run.id !== undefined) {
    return await scaffolder.getTask(run.id, ctx);
  }
  const mark = markFor(ctx, run);
  for await (const task of scaffolder.listTasks(ctx)) {
    if (isRun(task, mark)) {
      return task;
    }
  }
  return undefined;
}

/**
 * Starts the task of a run, unless it was started already.
 *
 * @throws JitProviderError when the template is not there, or is another one of the same name
 */
export async function startRun(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
  options: { run: Run; templateRef: string },
): Promise<string> {
  const { run, templateRef } = options;
  const found = await findRun(scaffolder, ctx, run);
  if (found) {
    return found.id;
  }
  const problem = trustProblem({
    ref: templateRef,
    template: await scaffolder.getTemplate(templateRef, ctx),
    trustedLocations: ctx.connection.config.ceiling.trustedLocations,
  });
  if (problem) {
    throw JitProviderError.misconfigured(`${problem}: put it back.`);
  }
  const values = { ...ctx.params.values, [MARK]: markFor(ctx, run) };
  return await scaffolder.startTask({ templateRef, values }, ctx);
}
