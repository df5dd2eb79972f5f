import { Inspection } from '@backstage-jit/plugin-jit-node';
import { Scaffolder, Task } from '../scaffolder';
import { findRun, isRunning, TemplateContext } from './runs';
import { isThereByUrl } from './verifyUrl';
import { whyNotRegistered } from './whyNotRegistered';

const UNREGISTERED =
  'What was made before the teardown was to be registered: it has no end.';

/** Looks: by the profile's `verify` where there is one, else by whether the teardown ran to its end, which is no look. */
export async function inspect(
  options: { scaffolder: Scaffolder; send: typeof fetch },
  ctx: TemplateContext,
): Promise<Inspection> {
  const { scaffolder, send } = options;
  const { verify, values } = ctx.params;
  const attempt = ctx.handle?.attempt ?? 1;
  const id = ctx.handle?.teardown;
  const teardown = await findRun(scaffolder, ctx, {
    purpose: 'teardown',
    attempt,
    id,
  });
  if (teardown && isRunning(teardown)) {
    return { status: 'pending', lookAgainIn: { seconds: 1 } };
  }
  if (!teardown && (await whyNotRegistered(scaffolder, ctx)) !== undefined) {
    return { status: 'absent', verified: false, residual: UNREGISTERED };
  }
  if (verify && 'url' in verify) {
    const isThere = await isThereByUrl({
      send,
      url: verify.url,
      values,
      signal: ctx.signal,
    });
    return isThere
      ? {
          status: 'present',
          blockers: await blockersOf(scaffolder, ctx, teardown),
        }
      : { status: 'absent' };
  }
  if (verify) {
    return await inspectByTemplate(scaffolder, ctx, { teardown, attempt });
  }
  return teardown?.status === 'completed'
    ? { status: 'absent', verified: false }
    : {
        status: 'present',
        blockers: await blockersOf(scaffolder, ctx, teardown),
      };
}

async function inspectByTemplate(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
  options: { teardown: Task | undefined; attempt: number },
): Promise<Inspection> {
  const { teardown, attempt } = options;
  const look = await findRun(scaffolder, ctx, {
    purpose: 'look',
    attempt,
    id: ctx.handle?.look,
  });
  if (look && isRunning(look)) {
    return { status: 'pending', lookAgainIn: { seconds: 1 } };
  }
  if (look?.status === 'completed') {
    const { output } = await scaffolder.getTaskEnd(look.id, ctx);
    if (output.gone === true) {
      return { status: 'absent' };
    }
  }
  const blockers = await blockersOf(scaffolder, ctx, teardown);
  return {
    status: 'present',
    blockers: look ? [...blockers, notGone(look)] : blockers,
  };
}

function notGone({ id, status, templateRef }: Task): string {
  return status === 'completed'
    ? `Template ${templateRef} says that it is still there (task ${id})`
    : `Template ${templateRef} could not look (task ${id})`;
}

/** What went wrong with the teardown, in our own words: what its steps say is theirs. */
async function blockersOf(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
  teardown: Task | undefined,
): Promise<string[]> {
  if (!teardown) {
    return ctx.handle?.teardown
      ? [`The task of the teardown is gone (${ctx.handle.teardown})`]
      : [];
  }
  const { id, status } = teardown;
  if (status === 'completed') {
    return [];
  }
  const { failedStep } = await scaffolder.getTaskEnd(id, ctx);
  const where = failedStep ? ` in step ${failedStep}` : '';
  return [`Template ${ctx.params.teardown} failed${where} (task ${id})`];
}
