import { PortalClient } from './scripts.mjs';

/**
 * Asks for the read-only access over HTTP, for a time that the dialog does not offer.
 *
 * @returns `look`: how the lease is now
 */
export async function askFor(duration) {
  const client = await PortalClient.signIn({
    backendUrl: process.env.JIT_E2E_BACKEND_URL,
    user: 'user:default/nadia.osei',
  });
  const { leases } = await client.ask('POST', '/requests', {
    leases: [
      {
        profileId: 'orders-db-read',
        entityRef: 'resource:default/orders-db',
        duration,
      },
    ],
    reason: 'Look into order 9',
  });
  return {
    look: async () =>
      (await client.ask('GET', `/leases/${leases[0].id}`)).lease,
  };
}
