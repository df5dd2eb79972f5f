import { AssumeRoleCommand, AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { ask, AwsCall } from '../connection/ask';
import { HOUR_S } from '../provider/paramsSchema';
import { findRole } from '../role/findRole';

/** Keys as STS gives them. */
export interface SessionKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** When they die by themselves, in epoch milliseconds. */
  expiresAt: number;
}

/** Refusals that are about what was asked for, each with what to do. */
const REFUSALS: Record<string, string> = {
  PackedPolicyTooLarge:
    'its session policy and tags together are more than STS packs into a session: make the session policy of the profile shorter, or give fewer tags',
  MalformedPolicyDocument:
    'AWS does not take its session policy for one: correct sessionPolicy in the profile',
  RegionDisabled:
    "STS is not active in the connection's region: activate it there, or use another region",
};

const ABOUT_ROLE = ['AccessDenied', 'NoSuchEntity'];
const ABOUT_DURATION = 'ValidationError';

/** STS answers the same whether the role is gone or does not let us in, so that nobody can find out what roles there are. */
async function roleRefusal(
  call: AwsCall,
  roleArn: string,
): Promise<JitProviderError> {
  const { role } = await findRole(call, roleArn);
  return JitProviderError.misconfigured(
    role
      ? `Role '${roleArn}' does not let connection '${call.ctx.connection.name}' in any more, or its own rights do not allow that: both have to allow sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity.`
      : `Role '${roleArn}' was deleted.`,
  );
}

async function askForKeys(call: AwsCall, input: AssumeRoleCommandInput) {
  return await ask(
    call,
    {
      purpose: `assume role '${input.RoleArn}'`,
      right: 'sts:AssumeRole on that role',
      writes: true,
      expects: [...Object.keys(REFUSALS), ...ABOUT_ROLE, ABOUT_DURATION],
    },
    ({ sts }, options) => sts.send(new AssumeRoleCommand(input), options),
  );
}

/**
 * Asks STS for keys. When it makes none for so long, because the role allows less by now or our own keys are of a role, too, for an hour, which
 * it always makes.
 */
export async function assumeRole(
  call: AwsCall,
  input: AssumeRoleCommandInput & { RoleArn: string; DurationSeconds: number },
): Promise<SessionKeys> {
  let answer = await askForKeys(call, input);
  if (answer.refusal === ABOUT_DURATION && input.DurationSeconds > HOUR_S) {
    answer = await askForKeys(call, { ...input, DurationSeconds: HOUR_S });
  }
  const { refusal, output } = answer;
  if (refusal !== undefined) {
    if (ABOUT_ROLE.includes(refusal)) {
      throw await roleRefusal(call, input.RoleArn);
    }
    throw JitProviderError.misconfigured(
      `No keys of role '${input.RoleArn}': ${
        REFUSALS[refusal] ?? 'STS does not take the request for a valid one'
      } (${refusal}).`,
    );
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    output.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw JitProviderError.unknownOutcome(
      `STS answered connection '${call.ctx.connection.name}' without keys.`,
    );
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration.getTime(),
  };
}
