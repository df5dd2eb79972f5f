import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { get, list } from '../connection/OktaClient';
import { GroupCall, LOGIN_ANNOTATION } from './types';

const userBody = z.object({
  id: z.string().min(1),
  status: z.string(),
  profile: z.object({ login: z.string(), email: z.string().nullish() }),
});

/** A person in Okta. */
export type OktaUser = z.infer<typeof userBody>;

const READ = {
  purpose: 'look a user up',
  right: 'the scope okta.users.read, or an admin role that may view users',
};

function isSame(a: string | null | undefined, b: string): boolean {
  return a?.toLocaleLowerCase('en-US') === b.toLocaleLowerCase('en-US');
}

/** Okta also takes the part before the @ for a login, and `me` for ourselves: neither is what the catalog says. */
async function byLogin(
  call: GroupCall,
  login: string,
): Promise<OktaUser | undefined> {
  const path = `/api/v1/users/${encodeURIComponent(login)}`;
  const user = await get(call, { ...READ, path }, userBody);
  return user && isSame(user.profile.login, login) ? user : undefined;
}

/** E-mail addresses are not unique in Okta. */
async function byEmail(
  call: GroupCall,
  email: string,
): Promise<OktaUser | undefined> {
  const found = await list(
    call,
    {
      ...READ,
      path: '/api/v1/users',
      query: {
        filter: `profile.email eq ${JSON.stringify(email)}`,
        limit: '200',
      },
    },
    userBody,
  );
  const users = (found ?? []).filter(({ profile }) =>
    isSame(profile.email, email),
  );
  if (users.length > 1) {
    throw JitProviderError.misconfigured(
      `Several users in Okta have the e-mail address that the catalog has of ${call.ctx.lease.subject}: use the annotation ${LOGIN_ANNOTATION} instead.`,
    );
  }
  return users[0];
}

/**
 * The subject in Okta: by id once it is known, before that by what the catalog said of them when the lease was asked for.
 *
 * @returns undefined when Okta has no such person
 * @throws JitProviderError when the catalog said nothing that the person could be found by
 */
export async function findUser(call: GroupCall): Promise<OktaUser | undefined> {
  const { lease, handle, connection } = call.ctx;
  if (handle) {
    const path = `/api/v1/users/${encodeURIComponent(handle.userId)}`;
    return await get(call, { ...READ, path }, userBody);
  }
  const { userBy } = connection.config;
  const { email, annotations } = lease.subjectProfile ?? {};
  const known = userBy === 'email' ? email : annotations?.[LOGIN_ANNOTATION];
  if (!known) {
    throw JitProviderError.misconfigured(
      `The catalog has no ${
        userBy === 'email' ? 'e-mail address' : `annotation ${LOGIN_ANNOTATION}`
      } of ${lease.subject} from a trusted location.`,
    );
  }
  return userBy === 'email'
    ? await byEmail(call, known)
    : await byLogin(call, known);
}
