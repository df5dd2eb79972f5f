import { Progress } from '@backstage-jit/plugin-jit-node';
import { Scaffolder } from '../scaffolder';
import { findRun, isRunning, startRun, TemplateContext } from './runs';
import { TemplateHandle } from './schemas';
import { whyNotRegistered } from './whyNotRegistered';

const NOW = { milliseconds: 0 };
const SOON = { seconds: 1 };

/**
 * One step of the teardown: the next run of the template is numbered, started, waited for; then the run that looks. Each step is committed before the
 * next, so that a process which takes over starts nothing twice. Whether it did what it should is for `inspect` to say.
 */
export async function revoke(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
): Promise<Progress<TemplateHandle>> {
  const handle: TemplateHandle = ctx.handle ?? { v: 1 };
  const { attempt, teardown, over } = handle;
  if (attempt === undefined || over) {
    const why = await whyNotRegistered(scaffolder, ctx);
    return why === undefined
      ? {
          done: false,
          handle: nextRun(handle),
          lookAgainIn: NOW,
          note: 'About to start the teardown',
        }
      : { done: true, report: [`Nothing was run: ${why}`] };
  }
  if (teardown === undefined) {
    const id = await startRun(scaffolder, ctx, {
      run: { purpose: 'teardown', attempt },
      templateRef: ctx.params.teardown,
    });
    return {
      done: false,
      handle: { ...handle, teardown: id },
      lookAgainIn: SOON,
      note: `The teardown started: task ${id}`,
    };
  }
  const run = { purpose: 'teardown', attempt, id: teardown } as const;
  const task = await findRun(scaffolder, ctx, run);
  if (task && isRunning(task)) {
    return {
      done: false,
      handle,
      lookAgainIn: SOON,
      note: `The teardown runs: task ${teardown}`,
    };
  }
  return await lookByTemplate(scaffolder, ctx, { ...handle, attempt });
}

/** After the teardown, whether it went well or not: the thing may be gone all the same. */
async function lookByTemplate(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
  handle: TemplateHandle & { attempt: number },
): Promise<Progress<TemplateHandle>> {
  const { verify } = ctx.params;
  const { attempt, look } = handle;
  const done = { done: true, handle: { ...handle, over: true } };
  if (!verify || !('template' in verify)) {
    return done;
  }
  const run = { purpose: 'look', attempt } as const;
  if (look === undefined) {
    const id = await startRun(scaffolder, ctx, {
      run,
      templateRef: verify.template,
    });
    return {
      done: false,
      handle: { ...handle, look: id },
      lookAgainIn: SOON,
      note: `The teardown ended; looking whether it is gone: task ${id}`,
    };
  }
  const task = await findRun(scaffolder, ctx, { ...run, id: look });
  return task && isRunning(task)
    ? {
        done: false,
        handle,
        lookAgainIn: SOON,
        note: `Looking whether it is gone: task ${look}`,
      }
    : done;
}

function nextRun(handle: TemplateHandle): TemplateHandle {
  const { v, registered, attempt = 0 } = handle;
  return { v, registered, attempt: attempt + 1 };
}
