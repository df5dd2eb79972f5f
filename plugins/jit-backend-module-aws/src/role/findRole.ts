import { GetRoleCommand } from '@aws-sdk/client-iam';
import { ask, AwsCall } from '../connection/ask';
import { NOT_THERE } from '../denial/rolePolicies';
import { parseRoleArn } from './roleArn';

/** What is to be known of a role. */
export interface RoleFacts {
  /** In seconds. */
  longestSession: number;
  /** Parsed JSON; undefined when it is none. */
  trustPolicy: unknown;
}

/** What IAM does not say, it has as its default: an hour. */
const DEFAULT_LONGEST_S = 3_600;

function parsePolicy(encoded: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(encoded ?? ''));
  } catch {
    return undefined;
  }
}

/** @returns `role` undefined when there is no role of that very ARN; `at`: when that was, by AWS's clock */
export async function findRole(
  call: AwsCall,
  arn: string,
): Promise<{ role: RoleFacts | undefined; at: number }> {
  const { name } = parseRoleArn(arn)!;
  const { output, at } = await ask(
    call,
    {
      purpose: `read role '${name}'`,
      right: 'iam:GetRole on that role',
      writes: false,
      expects: [NOT_THERE],
    },
    ({ iam }, options) =>
      iam.send(new GetRoleCommand({ RoleName: name }), options),
  );
  const role = output?.Role;
  // A name is unique in an account whatever the path, and the ARN is what the ceiling let through.
  if (!role || role.Arn !== arn) {
    return { role: undefined, at };
  }
  return {
    role: {
      longestSession: role.MaxSessionDuration ?? DEFAULT_LONGEST_S,
      trustPolicy: parsePolicy(role.AssumeRolePolicyDocument),
    },
    at,
  };
}
