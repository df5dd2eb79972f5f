import { OktaCall } from '../connection/OktaClient';
import { findGroup, OktaGroup } from './findGroup';
import { findUser, OktaUser } from './findUser';
import { GroupRule, listRules, managingRule } from './groupRules';
import { GroupCall } from './types';

/** Whom and what a grant is about, or why it is refused, in words that say what to do. */
export type Preflight =
  | { refusal: string }
  | { user: OktaUser; group: OktaGroup };

const SHUT_OUT = ['DEPROVISIONED', 'SUSPENDED'];

/** Why nobody can be put into the group for a while. */
export async function groupProblem(
  call: OktaCall,
  options: {
    wanted: string;
    group: OktaGroup | undefined;
    /** Asked for only when it comes to that. */
    rules: () => Promise<GroupRule[]>;
  },
): Promise<string | undefined> {
  const { wanted, group } = options;
  if (!group) {
    return `There is no group '${wanted}' in Okta.`;
  }
  if (group.type !== 'OKTA_GROUP') {
    return `Group '${wanted}' is of type ${group.type}: its members are kept by Okta or by an app, not by hand. Use a group of Okta's own.`;
  }
  const { groups } = call.ctx.connection.config.ceiling;
  if (groups.includes(group.id) && groups.includes(group.profile.name)) {
    return `The ceiling names group '${group.profile.name}' twice, by its name and by its id: two leases would not know of each other. Leave one.`;
  }
  const rule = managingRule(await options.rules(), group.id);
  return rule === undefined
    ? undefined
    : `Group '${wanted}' is managed by the group rule '${rule}': whom one removes by hand lands on its list of exclusions. Use a group without rules.`;
}

/** Looks all up that a grant needs. Reads only. */
export async function preflight(call: GroupCall): Promise<Preflight> {
  const { params, handle, lease } = call.ctx;
  const wanted = handle?.groupId ?? params.group;
  const group = await findGroup(call, wanted);
  const refusal = await groupProblem(call, {
    wanted: params.group,
    group,
    rules: () => listRules(call),
  });
  if (refusal || !group) {
    return { refusal: refusal! };
  }
  const user = await findUser(call);
  if (!user) {
    return {
      refusal: `Okta has no user that is ${lease.subject}, or no longer.`,
    };
  }
  if (SHUT_OUT.includes(user.status)) {
    return {
      refusal: `The account of ${
        lease.subject
      } in Okta is ${user.status.toLocaleLowerCase('en-US')}.`,
    };
  }
  return { user, group };
}
