import { Plan } from '@backstage-jit/plugin-jit-node';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { residualOf } from './residualOf';
import { GroupCall } from './types';

/** Says what a grant would make, by reading only. */
export async function plan(call: GroupCall): Promise<Plan> {
  const { params, connection } = call.ctx;
  const beyond = refusedByCeiling(call.ctx);
  const found = beyond ? { refusal: beyond } : await preflight(call);
  const org = new URL(connection.config.orgUrl).host;
  return {
    lines: [
      `Membership of the group '${
        'group' in found ? found.group.profile.name : params.group
      }' on ${org}`,
      'Who is in the group already stays in it afterwards',
      ...(params.clearSessions
        ? ['At the end the person is signed out of Okta']
        : []),
    ],
    ...('refusal' in found && { refusal: found.refusal }),
    residual: residualOf(params),
  };
}
