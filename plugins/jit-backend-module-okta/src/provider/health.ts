import { Health } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { get, OktaCall } from '../connection/OktaClient';
import { findGroup } from './findGroup';
import { groupProblem } from './preflight';

/** Whether the connection can see all it needs, and each group of the ceiling can be leased. */
export async function health(call: OktaCall): Promise<Health> {
  const problems: string[] = [];
  for (const wanted of call.ctx.connection.config.ceiling.groups) {
    const group = await findGroup(call, wanted);
    const problem = await groupProblem(call, { wanted, group });
    if (problem) {
      problems.push(problem);
    }
  }
  await get(
    call,
    {
      path: '/api/v1/users',
      query: { limit: '1' },
      purpose: 'look users up',
      right: 'the scope okta.users.read, or an admin role that may view users',
    },
    z.array(z.unknown()),
  );
  return problems.length > 0
    ? { ok: false, message: problems.join('\n') }
    : { ok: true };
}
