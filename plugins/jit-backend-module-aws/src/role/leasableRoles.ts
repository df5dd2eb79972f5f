import { ListRolesCommand } from '@aws-sdk/client-iam';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { AwsCall, demand } from '../connection/ask';
import { matchesPattern } from './roleArn';

const PAGE = 200;
const LONGEST_LIST_PAGES = 100;

/** The ARNs of all roles that the ceiling lets leases give. Those that it names whole may not be there. */
export async function leasableRoles(call: AwsCall): Promise<string[]> {
  const { roles: patterns } = call.ctx.connection.config.ceiling;
  const found = new Set(patterns.filter(pattern => !pattern.includes('*')));
  if (found.size === patterns.length) {
    return [...found];
  }
  let marker: string | undefined;
  for (let page = 0; page < LONGEST_LIST_PAGES; page++) {
    const input = { Marker: marker, MaxItems: PAGE };
    const { output } = await demand(
      call,
      {
        purpose: 'list the roles that the ceiling has patterns for',
        right: 'iam:ListRoles',
        writes: false,
      },
      ({ iam }, options) => iam.send(new ListRolesCommand(input), options),
    );
    for (const { Arn = '' } of output.Roles ?? []) {
      if (patterns.some(pattern => matchesPattern(Arn, pattern))) {
        found.add(Arn);
      }
    }
    if (!output.IsTruncated) {
      return [...found];
    }
    marker = output.Marker;
  }
  throw JitProviderError.retryable('The list of roles does not end.');
}
