import { Scaffolder } from '../scaffolder';
import { MARK, markFor } from './mark';
import { TemplateContext } from './runs';
import { templateProblem } from './templateProblem';
import { fillUrl, hostOf } from './verifyUrl';

/** Why the templates cannot run with the values of the lease, in words; undefined when they can. */
export async function teardownProblem(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
): Promise<string | undefined> {
  const { teardown, values, verify } = ctx.params;
  const refs = [
    teardown,
    ...(verify && 'template' in verify ? [verify.template] : []),
  ];
  const marked = {
    ...values,
    [MARK]: markFor(ctx, { purpose: 'teardown', attempt: 1 }),
  };
  for (const ref of refs) {
    const template = await scaffolder.getTemplate(ref, ctx);
    const { trustedLocations } = ctx.connection.config.ceiling;
    const problem = templateProblem({
      ref,
      template,
      values: marked,
      trustedLocations,
    });
    if (problem) {
      return problem;
    }
  }
  return verify && 'url' in verify && !fillUrl(verify.url, values)
    ? `The look at ${hostOf(verify.url)} needs a value that is not there`
    : undefined;
}

/**
 * Why nothing is to be torn down: the lease was never registered, and its teardown cannot run. One that could is run, since what it is for was
 * made before the lease was asked for.
 */
export async function whyNotRegistered(
  scaffolder: Scaffolder,
  ctx: TemplateContext,
): Promise<string | undefined> {
  return ctx.handle?.registered
    ? undefined
    : await teardownProblem(scaffolder, ctx);
}
