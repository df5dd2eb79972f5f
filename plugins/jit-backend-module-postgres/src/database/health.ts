import { Health } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { createProblem, templateProblem } from './preflight';
import { DatabaseConnectionCall } from './types';

/** Looks for the rights that the admin needs besides those for roles, where the ceiling allows databases at all. */
export async function health(call: DatabaseConnectionCall): Promise<Health> {
  const { config } = call.ctx.connection;
  const allowed = config.ceiling.ephemeralDatabases;
  if (!allowed) {
    return { ok: true };
  }
  const problems = await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => {
      const found = [await createProblem(session, config)];
      for (const template of allowed.templates) {
        found.push(await templateProblem(session, template));
      }
      return found.filter(problem => problem !== undefined);
    }),
  );
  return problems.length > 0
    ? { ok: false, message: problems.join('\n') }
    : { ok: true };
}
