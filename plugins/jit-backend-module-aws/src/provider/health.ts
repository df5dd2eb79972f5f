import { Health, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { AwsCall } from '../connection/ask';
import { listDenials } from '../denial/rolePolicies';
import { findRole } from '../role/findRole';
import { leasableRoles } from '../role/leasableRoles';
import { isKeptByAws, parseRoleArn } from '../role/roleArn';
import { Caller } from '../role/trust';
import { whoWeAre } from './identity';
import { roleProblem } from './preflight';

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

async function problemOfRole(
  call: AwsCall,
  options: { arn: string; caller: Caller },
): Promise<string | undefined> {
  const { arn } = options;
  const { role } = await findRole(call, arn);
  const problem = roleProblem(role, options);
  const { mayEditRoles } = call.ctx.connection.config;
  if (!problem && mayEditRoles && !isKeptByAws(arn)) {
    await listDenials(call, parseRoleArn(arn)!.name);
  }
  return problem;
}

/**
 * Whether the connection can look at each role that can be leased, and is let in by it. Whether it may put and delete policies there shows at each
 * grant.
 */
export async function health(call: AwsCall): Promise<Health> {
  const problems = await problemOf(async () => {
    const caller = await whoWeAre(call);
    const found: string[] = [];
    for (const arn of await leasableRoles(call)) {
      found.push(
        ...(await problemOf(() => problemOfRole(call, { arn, caller }))),
      );
    }
    return found.length > 0 ? [...new Set(found)].join('\n') : undefined;
  });
  return problems.length > 0
    ? { ok: false, message: problems.join('\n') }
    : { ok: true };
}
