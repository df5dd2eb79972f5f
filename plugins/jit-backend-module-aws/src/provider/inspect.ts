import { Inspection } from '@backstage-jit/plugin-jit-node';
import { areDenied, diesByItself } from '../denial/denyKeys';
import { listDenials } from '../denial/rolePolicies';
import { findRole } from '../role/findRole';
import { parseRoleArn } from '../role/roleArn';
import { HOUR_S } from './paramsSchema';
import { leftOf, residualOf } from './residualOf';
import { StsCall } from './types';

/** How long IAM may take to show a policy that was put. */
const SHOWS_WITHIN_MS = 30_000;

/**
 * Looks whether keys of the lease may still be used: whether there can be any, and whether all of them are dead by themselves or denied. A role
 * that is not there any more has no sessions.
 */
export async function inspect(call: StsCall): Promise<Inspection> {
  const { params, handle, externalName } = call.ctx;
  const keys = handle?.keys;
  const residual = leftOf({ handle, params });

  if (!keys || !handle.editable) {
    const found = await findRole(call, params.role);
    return !found.role || !keys || found.at >= keys.usableUntil
      ? { status: 'absent', residual }
      : {
          status: 'present',
          aliveUntil: keys.usableUntil,
          residual: residualOf({
            editable: false,
            keysFor: params.keysFor ?? HOUR_S,
            params,
          }),
          blockers: [
            `Keys of role '${params.role}' are out, and the role cannot be edited`,
          ],
        };
  }
  const role = parseRoleArn(params.role)!.name;
  const found = await listDenials(call, role);
  if (
    !found ||
    found.at >= keys.usableUntil ||
    (await areDenied(call, { role, externalName, keys, found }))
  ) {
    return { status: 'absent', residual };
  }
  if (diesByItself({ keys, at: found.at })) {
    return { status: 'present', aliveUntil: keys.usableUntil, residual };
  }
  const { deniedAt } = handle;
  return deniedAt !== undefined && found.at < deniedAt + SHOWS_WITHIN_MS
    ? { status: 'pending', lookAgainIn: { seconds: 1 } }
    : { status: 'present', residual };
}
