import { Progress } from '@backstage-jit/plugin-jit-node';
import { areDenied, denyKeys, diesByItself } from '../denial/denyKeys';
import { listDenials } from '../denial/rolePolicies';
import { parseRoleArn } from '../role/roleArn';
import { StsCall, StsHandle } from './types';

/**
 * Ends the keys of the lease that may be out, before their own end. At the lease's end they are dead by themselves, and there is nothing to do. Where
 * the role cannot be edited, `inspect` tells until when they live.
 */
export async function revoke(call: StsCall): Promise<Progress<StsHandle>> {
  const { params, handle, externalName } = call.ctx;
  const keys = handle?.keys;
  if (!keys || !handle.editable) {
    return { done: true, handle };
  }
  const role = parseRoleArn(params.role)!.name;
  const found = await listDenials(call, role);
  if (
    !found ||
    diesByItself({ keys, at: found.at }) ||
    (await areDenied(call, { role, externalName, keys, found }))
  ) {
    return { done: true, handle };
  }
  const report = await denyKeys(call, { role, externalName, keys, found });
  return { done: true, handle: { ...handle, deniedAt: found.at }, report };
}
