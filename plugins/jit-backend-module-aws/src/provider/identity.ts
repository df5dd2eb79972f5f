import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { AwsCall, demand } from '../connection/ask';
import { Caller } from '../role/trust';

/** Who we are. @throws JitProviderError when it is somebody of another account than the connection's */
export async function whoWeAre(call: AwsCall): Promise<Caller> {
  const { name, config } = call.ctx.connection;
  const { output } = await demand(
    call,
    {
      purpose: 'say who we are',
      right: 'nothing, unless a policy of the organization denies it',
      writes: false,
    },
    ({ sts }, options) => sts.send(new GetCallerIdentityCommand({}), options),
  );
  const { Account = '', Arn = '', UserId = '' } = output;
  if (Account !== config.accountId) {
    throw JitProviderError.misconfigured(
      `The credentials of connection '${name}' are of account ${
        /^\d{12}$/.test(Account) ? Account : 'unknown'
      }, not ${config.accountId}: look at aws.accounts in the config.`,
    );
  }
  return { accountId: Account, arn: Arn, userId: UserId };
}

/** The account: there is only one of each number. */
export async function identity(call: AwsCall): Promise<string> {
  return (await whoWeAre(call)).accountId;
}
