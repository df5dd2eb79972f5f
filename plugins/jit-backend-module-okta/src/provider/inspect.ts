import { Inspection } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { list } from '../connection/OktaClient';
import { findMembership } from './findMembership';
import { residualOf } from './residualOf';
import { GroupCall } from './types';

const memberOfBody = z.object({ id: z.string() });

/** Looks whether the person is in the group, by whomever they were put there: Okta keeps no mark of it. */
export async function inspect(call: GroupCall): Promise<Inspection> {
  const membership = await findMembership(call);
  // Okta's own "not found" for the user is the end of all their memberships.
  const groups =
    membership &&
    (await list(
      call,
      {
        path: `/api/v1/users/${encodeURIComponent(membership.userId)}/groups`,
        query: { limit: '200' },
        purpose: 'look the groups of a user up',
        right:
          'the scope okta.users.read, or an admin role that may view users',
      },
      memberOfBody,
    ));
  return groups?.some(({ id }) => id === membership?.groupId)
    ? { status: 'present' }
    : { status: 'absent', residual: residualOf(call.ctx.params) };
}
