import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { isDeepStrictEqual } from 'node:util';
import { ask, AwsCall, AwsRequest } from '../connection/ask';
import { Denial, denialDocument, denialName, parseDenialName } from './Denial';

/** IAM's own words for a role or a policy that is not there. */
export const NOT_THERE = 'NoSuchEntity';

const LONGEST_LIST_PAGES = 50;

/** What a role has of ours, and when that was, by AWS's clock. */
export interface RoleDenials {
  denials: Denial[];
  at: number;
}

function request(
  right: string,
  role: string,
  purpose: string,
): Omit<AwsRequest, 'writes'> {
  return {
    purpose: `${purpose} of role '${role}'`,
    right: `iam:${right} on that role`,
    expects: [NOT_THERE],
  };
}

/**
 * The denials that carry our mark.
 *
 * @returns undefined when there is no such role
 * @throws JitProviderError when the list broke off: a part of it is never taken for the whole
 */
export async function listDenials(
  call: AwsCall,
  role: string,
): Promise<RoleDenials | undefined> {
  const denials: Denial[] = [];
  let marker: string | undefined;
  for (let page = 0; page < LONGEST_LIST_PAGES; page++) {
    const input = { RoleName: role, Marker: marker };
    const { output, at } = await ask(
      call,
      {
        ...request('ListRolePolicies', role, 'list the inline policies'),
        writes: false,
      },
      ({ iam }, options) =>
        iam.send(new ListRolePoliciesCommand(input), options),
    );
    if (!output) {
      return undefined;
    }
    for (const name of output.PolicyNames ?? []) {
      const denial = parseDenialName(call.ctx.mark, name);
      if (denial) {
        denials.push(denial);
      }
    }
    if (!output.IsTruncated) {
      return { denials, at };
    }
    marker = output.Marker;
  }
  throw JitProviderError.retryable(
    `The list of inline policies of role '${role}' does not end.`,
  );
}

/** Whether the denial is there as we write it, and was not changed by hand. */
export async function isInPlace(
  call: AwsCall,
  role: string,
  denial: Denial,
): Promise<boolean> {
  const { mark } = call.ctx;
  const name = denialName(mark, denial);
  const { output } = await ask(
    call,
    {
      ...request('GetRolePolicy', role, 'read an inline policy'),
      writes: false,
    },
    ({ iam }, options) =>
      iam.send(
        new GetRolePolicyCommand({ RoleName: role, PolicyName: name }),
        options,
      ),
  );
  try {
    return isDeepStrictEqual(
      JSON.parse(decodeURIComponent(output?.PolicyDocument ?? 'null')),
      JSON.parse(denialDocument(mark, denial)),
    );
  } catch {
    return false;
  }
}

/** @returns `full` when IAM's limit for all inline policies of the role leaves no room for it */
export async function putDenial(
  call: AwsCall,
  role: string,
  denial: Denial,
): Promise<'put' | 'no-role' | 'full'> {
  const { mark } = call.ctx;
  const input = {
    RoleName: role,
    PolicyName: denialName(mark, denial),
    PolicyDocument: denialDocument(mark, denial),
  };
  const { refusal } = await ask(
    call,
    {
      ...request('PutRolePolicy', role, 'put an inline policy'),
      expects: [NOT_THERE, 'LimitExceeded'],
      purpose: `deny ended keys by an inline policy of role '${role}'`,
      writes: true,
    },
    ({ iam }, options) => iam.send(new PutRolePolicyCommand(input), options),
  );
  if (refusal === undefined) {
    return 'put';
  }
  return refusal === NOT_THERE ? 'no-role' : 'full';
}

/** One that is not there, or whose role is not, is gone as well. */
export async function deleteDenial(
  call: AwsCall,
  role: string,
  denial: Denial,
): Promise<void> {
  const name = denialName(call.ctx.mark, denial);
  await ask(
    call,
    {
      ...request('DeleteRolePolicy', role, 'delete an inline policy'),
      writes: true,
    },
    ({ iam }, options) =>
      iam.send(
        new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name }),
        options,
      ),
  );
}

/**
 * Whether we may put policies on the role, tried on one that is not there: IAM looks at rights first. Changes nothing.
 */
export async function mayEdit(call: AwsCall, role: string): Promise<boolean> {
  const probe: Denial = { externalName: 'probe', until: 0 };
  const name = denialName(call.ctx.mark, probe);
  const { refusal } = await ask(
    call,
    {
      ...request('DeleteRolePolicy', role, 'delete an inline policy'),
      expects: [NOT_THERE, 'AccessDenied', 'UnmodifiableEntity'],
      writes: true,
    },
    ({ iam }, options) =>
      iam.send(
        new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name }),
        options,
      ),
  );
  return refusal === undefined || refusal === NOT_THERE;
}
