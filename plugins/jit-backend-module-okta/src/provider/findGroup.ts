import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { get, list, OktaCall } from '../connection/OktaClient';

const groupBody = z.object({
  id: z.string().min(1),
  type: z.string(),
  profile: z.object({ name: z.string() }),
});

export type OktaGroup = z.infer<typeof groupBody>;

const READ = {
  purpose: 'look a group up',
  right: 'the scope okta.groups.manage, or an admin role that may view groups',
};

const ID = /^00g[A-Za-z0-9]{17}$/;

/** Groups of apps may have the name of one of Okta's own. */
async function byName(
  call: OktaCall,
  name: string,
): Promise<OktaGroup | undefined> {
  const found = await list(
    call,
    {
      ...READ,
      path: '/api/v1/groups',
      query: {
        search: `profile.name eq ${JSON.stringify(name)}`,
        limit: '200',
      },
    },
    groupBody,
  );
  const named = (found ?? []).filter(({ profile }) => profile.name === name);
  const own = named.filter(({ type }) => type === 'OKTA_GROUP');
  if (own.length > 1) {
    throw JitProviderError.misconfigured(
      `Several groups of Okta are called '${name}': use the id instead.`,
    );
  }
  return own[0] ?? named[0];
}

/**
 * A group by its id or its whole name.
 *
 * @returns undefined when Okta has none
 */
export async function findGroup(
  call: OktaCall,
  idOrName: string,
): Promise<OktaGroup | undefined> {
  return ID.test(idOrName)
    ? await get(
        call,
        { ...READ, path: `/api/v1/groups/${idOrName}` },
        groupBody,
      )
    : await byName(call, idOrName);
}
