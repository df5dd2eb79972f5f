import { IdentityApi } from '@backstage/core-plugin-api';

/** Somebody who is signed in, and owns nothing but what is their own. */
export function identityOf(userEntityRef: string): IdentityApi {
  return {
    getBackstageIdentity: async () => ({
      type: 'user',
      userEntityRef,
      ownershipEntityRefs: [userEntityRef],
    }),
    getCredentials: async () => ({}),
    getProfileInfo: async () => ({}),
    signOut: async () => undefined,
  };
}
