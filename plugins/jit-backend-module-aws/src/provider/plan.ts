import { Plan } from '@backstage-jit/plugin-jit-node';
import { preflight } from './preflight';
import { residualOf } from './residualOf';
import { StsCall } from './types';

/** What would be given, or why it cannot be. */
export async function plan(call: StsCall): Promise<Plan> {
  const { params } = call.ctx;
  const lines = [`let keys of role '${params.role}' be issued when asked for`];
  if (params.sessionPolicy !== undefined) {
    lines.push('narrow them down by the session policy of the profile');
  }
  const found = await preflight(call);
  if ('refusal' in found) {
    return { lines, refusal: found.refusal };
  }
  lines.push(
    `each for ${found.keysFor / 60} minutes, and never after the lease`,
  );
  if (found.isChained) {
    lines.push(
      'not longer, because the keys of the backend are of a role, too: to be issued again as often as needed',
    );
  }
  return { lines, residual: residualOf({ ...found, params }) };
}
