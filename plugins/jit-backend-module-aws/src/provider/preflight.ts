import { AwsCall } from '../connection/ask';
import { mayEdit } from '../denial/rolePolicies';
import { findRole, RoleFacts } from '../role/findRole';
import { isKeptByAws, parseRoleArn } from '../role/roleArn';
import { Caller, missingTrust } from '../role/trust';
import { whoWeAre } from './identity';
import { HOUR_S } from './paramsSchema';
import { StsCall } from './types';

/** What keys of a role would be like, or why there can be none, in words that say what to do. */
export type Preflight =
  | { refusal: string }
  | {
      /** Whether keys can be ended before their own end. */
      editable: boolean;
      /** In seconds. */
      keysFor: number;
      /** Whether STS makes keys for an hour at most, because our own are of a role, too. */
      isChained: boolean;
    };

/** Why nobody can be given keys of the role. */
export function roleProblem(
  role: RoleFacts | undefined,
  options: { arn: string; caller: Caller },
): string | undefined {
  const { arn, caller } = options;
  if (!role) {
    return `There is no role '${arn}'.`;
  }
  const missing = missingTrust(role.trustPolicy, caller);
  return missing.length > 0
    ? `The trust policy of role '${arn}' does not let '${
        caller.arn
      }' in: it has to allow it ${missing.join(', ')}.`
    : undefined;
}

/** Whether we can put a policy on the role that ends keys of it. */
export async function isEditable(call: AwsCall, arn: string): Promise<boolean> {
  return (
    call.ctx.connection.config.mayEditRoles &&
    !isKeptByAws(arn) &&
    (await mayEdit(call, parseRoleArn(arn)!.name))
  );
}

/** Looks all up that a grant needs. Changes nothing. */
export async function preflight(call: StsCall): Promise<Preflight> {
  const { role: arn, keysFor = HOUR_S } = call.ctx.params;
  const caller = await whoWeAre(call);
  const { role } = await findRole(call, arn);
  const refusal = roleProblem(role, { arn, caller });
  if (refusal || !role) {
    return { refusal: refusal! };
  }
  if (role.longestSession < keysFor) {
    return {
      refusal: `Role '${arn}' allows sessions of ${
        role.longestSession / 60
      } minutes, and the profile asks for ${
        keysFor / 60
      }: lower keysFor there, or raise the role's maximum session duration.`,
    };
  }
  const isChained = caller.arn.includes(':assumed-role/');
  return {
    editable: await isEditable(call, arn),
    keysFor: isChained ? Math.min(keysFor, HOUR_S) : keysFor,
    isChained: isChained && keysFor > HOUR_S,
  };
}
