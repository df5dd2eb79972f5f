import {
  createLeaseContext,
  driveToDone,
} from '@backstage-jit/plugin-jit-test-utils';
import { OktaOrg } from '@backstage-jit/plugin-jit-test-peers';
import { OktaConnection } from '../connection/connectionSchema';
import { OktaGroupProvider } from '../provider/OktaGroupProvider';
import { GroupParams } from '../provider/paramsSchema';
import { LOGIN_ANNOTATION, MembershipHandle } from '../provider/types';
import { connectionTo, emailOf, GROUP } from './createGroupHarness';

let people = 0;

export interface LeaseOptions {
  params?: Partial<GroupParams>;
  connection?: Partial<OktaConnection>;
  subject?: string;
  /** In the catalog, from the login in Okta. */
  annotation?: (login: string) => string;
}

/** A lease of a new person, or of one who is there already, as the engine drives it. */
export async function createLease(
  bench: { org: OktaOrg; provider: () => OktaGroupProvider },
  options: LeaseOptions = {},
) {
  const { org, provider } = bench;
  people += 1;
  const subject = options.subject ?? `user:default/person-${people}`;
  const email = emailOf(subject);
  const login = `login.${people}@example.com`;
  const userId = options.subject
    ? undefined
    : await org.createUser(email, login);
  let handle: MembershipHandle | undefined;
  const annotation = options.annotation?.(login);
  const id = `lease-${people}`;
  const context = () =>
    createLeaseContext<GroupParams, MembershipHandle, OktaConnection>({
      connection: connectionTo(org, options.connection),
      params: { group: GROUP, ...options.params },
      lease: {
        id,
        subject,
        subjectProfile: {
          email,
          ...(annotation && {
            annotations: { [LOGIN_ANNOTATION]: annotation },
          }),
        },
      },
      handle,
    });
  const drive = (operation: 'grant' | 'revoke') =>
    driveToDone<MembershipHandle>({
      handle,
      step: () => provider()[operation](context()),
      wait: async () => {},
      onCommit: committed => {
        handle = committed;
      },
    });
  return {
    subject,
    email,
    userId: userId!,
    context,
    joins: (other: MembershipHandle | undefined) => {
      handle = other;
    },
    handle: () => handle,
    grant: () => drive('grant'),
    revoke: () => drive('revoke'),
    inspect: () => provider().inspect(context()),
    plan: () => provider().plan(context()),
    isMember: async () =>
      (await org.members(await org.groupId(GROUP))).includes(email),
  };
}
