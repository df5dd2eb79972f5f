import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { write } from '../connection/OktaClient';
import { membershipRequest } from './membershipRequest';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { GroupCall, MembershipHandle } from './types';

/**
 * In two steps: whom and what it is about is looked up and committed, by ids, before the membership is made. So whoever was put into the
 * group can be taken out of it, whatever happens to their login or the group's name.
 */
export async function grant(
  call: GroupCall,
): Promise<Progress<MembershipHandle>> {
  const { ctx } = call;
  const refusal = refusedByCeiling(ctx);
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  const { handle, lease } = ctx;
  if (!handle || handle.checkedFor !== lease.id) {
    const found = await preflight(call);
    if ('refusal' in found) {
      throw JitProviderError.misconfigured(found.refusal);
    }
    return {
      done: false,
      handle: {
        v: 1,
        userId: found.user.id,
        groupId: found.group.id,
        checkedFor: lease.id,
      },
      lookAgainIn: { milliseconds: 0 },
    };
  }
  // Whatever a look said: reads lag.
  if (!(await write(call, membershipRequest('PUT', handle)))) {
    throw JitProviderError.misconfigured(
      `Group '${ctx.params.group}' or the account of ${lease.subject} was deleted in Okta at that moment.`,
    );
  }
  return { done: true, handle };
}
