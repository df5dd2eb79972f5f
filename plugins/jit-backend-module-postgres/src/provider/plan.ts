import { Plan } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { RoleCall } from './types';

function residualOf(options: {
  owners: string[];
  setRole: boolean;
}): string | undefined {
  const parts = [
    ...(options.owners.length > 0
      ? [
          `What is changed or granted on as the owner of the objects of ${options.owners.join(
            ', ',
          )} stays.`,
        ]
      : []),
    ...(options.setRole
      ? ['What is made after SET ROLE belongs to that role and stays.']
      : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** Says what a grant would make, by reading only. */
export async function plan(call: RoleCall): Promise<Plan> {
  const { ctx } = call;
  const { config } = ctx.connection;
  const { memberOf, setRole = false } = ctx.params;
  const found = await withSession(call, session =>
    transaction(session, { readOnly: true }, () =>
      preflight(session, { params: ctx.params, connection: config }),
    ),
  );
  const host = config.publicHost ?? config.host;
  const port = config.publicPort ?? config.port;
  const refusal = refusedByCeiling(ctx) ?? found.refusal;
  const residual = residualOf({ owners: found.owners, setRole });
  return {
    lines: [
      `A login role of its own on ${host}:${port}, with the rights of ${memberOf.join(
        ', ',
      )}`,
      `At most ${config.connectionLimit} sessions at once, by a password that is made when it is asked for`,
      'At the end its sessions are ended and the role is dropped; code that it made is dropped, data that it made is kept',
    ],
    ...(refusal && { refusal }),
    ...(residual && { residual }),
  };
}
