import { Health, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { get, OktaCall } from '../connection/OktaClient';
import { findGroup } from './findGroup';
import { GroupRule, listRules } from './groupRules';
import { groupProblem } from './preflight';

/** What a person has to do, if that is what is wrong. */
async function problemOf(
  look: () => Promise<string | undefined>,
): Promise<string[]> {
  try {
    const problem = await look();
    return problem ? [problem] : [];
  } catch (error) {
    if (JitProviderError.is(error) && error.class === 'misconfigured') {
      return [error.message];
    }
    throw error;
  }
}

/** Whether the connection can see all it needs, and each group of the ceiling can be lent. Whether it may write shows when it does. */
export async function health(call: OktaCall): Promise<Health> {
  const problems = await problemOf(async () => {
    await get(
      call,
      {
        path: '/api/v1/users',
        query: { limit: '1' },
        purpose: 'look users up',
        right:
          'the scope okta.users.read, or an admin role that may view users',
      },
      z.array(z.unknown()),
    );
    return undefined;
  });
  let known: Promise<GroupRule[]> | undefined;
  const rules = () => {
    known ??= listRules(call);
    return known;
  };
  for (const wanted of call.ctx.connection.config.ceiling.groups) {
    problems.push(
      ...(await problemOf(async () => {
        const group = await findGroup(call, wanted);
        return await groupProblem(call, { wanted, group, rules });
      })),
    );
  }
  return problems.length > 0
    ? { ok: false, message: [...new Set(problems)].join('\n') }
    : { ok: true };
}
