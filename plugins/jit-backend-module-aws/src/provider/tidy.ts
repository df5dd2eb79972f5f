import { AwsCall } from '../connection/ask';
import { deleteDenial, listDenials } from '../denial/rolePolicies';
import { leasableRoles } from '../role/leasableRoles';
import { isKeptByAws, parseRoleArn } from '../role/roleArn';

/** Deletes the denials of keys that have died by now, so that each role is as it was before. One that cannot be looked at keeps no other. */
export async function tidy(call: AwsCall): Promise<void> {
  const { ctx } = call;
  if (!ctx.connection.config.mayEditRoles) {
    return;
  }
  const failures: unknown[] = [];
  for (const arn of await leasableRoles(call)) {
    if (isKeptByAws(arn)) {
      continue;
    }
    try {
      await tidyRole(call, parseRoleArn(arn)!.name);
    } catch (error) {
      ctx.signal.throwIfAborted();
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

async function tidyRole(call: AwsCall, role: string): Promise<void> {
  const found = await listDenials(call, role);
  for (const denial of found?.denials ?? []) {
    if (denial.until <= found!.at) {
      await deleteDenial(call, role, denial);
    }
  }
}
