import { Plan } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { preflight } from './preflight';
import { residualOf } from './residualOf';
import { refusedByCeiling } from './refusedByCeiling';
import { RoleCall } from './types';

/** Says what a grant would make, by reading only. */
export async function plan(call: RoleCall): Promise<Plan> {
  const { ctx } = call;
  const { config } = ctx.connection;
  const { memberOf } = ctx.params;
  const found = await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => ({
      refusal: await preflight(session, {
        params: ctx.params,
        connection: config,
        mark: ctx.mark,
      }),
      residual: await residualOf(session, ctx.params),
    })),
  );
  const host = config.publicHost ?? config.host;
  const port = config.publicPort ?? config.port;
  const refusal = refusedByCeiling(ctx) ?? found.refusal;
  return {
    lines: [
      `A login role of its own on ${host}:${port}, with the rights of ${memberOf.join(
        ', ',
      )}`,
      `At most ${config.connectionLimit} sessions at once, by a password that is made when it is asked for`,
      'At the end its sessions are ended and the role is dropped; code that it made is dropped, data that it made is kept',
    ],
    ...(refusal && { refusal }),
    ...(found.residual && { residual: found.residual }),
  };
}
