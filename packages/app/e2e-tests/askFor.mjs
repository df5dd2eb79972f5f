import { PortalClient } from './scripts.mjs';

/**
 * Asks for the read-only access over HTTP, for a time that the dialog does not offer.
 *
 * @param options.user who asks, an entity ref
 * @returns `look`: how the lease is now; `end`: gives it back; `endsSoon`: waits until its people are told that it ends
 */
export async function askFor(
  duration,
  { user = 'user:default/nadia.osei' } = {},
) {
  const client = await PortalClient.signIn({
    backendUrl: process.env.JIT_E2E_BACKEND_URL,
    user,
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
  const path = `/leases/${leases[0].id}`;
  return {
    look: async () => (await client.ask('GET', path)).lease,
    end: () => client.call('POST', `${path}/end`, {}),
    endsSoon: async () => {
      const told = async () =>
        (await client.ask('GET', `${path}/events`)).items.some(
          ({ type }) => type === 'lease.ending-soon',
        );
      while (!(await told())) {
        await new Promise(resolve => setTimeout(resolve, 500));
      }
    },
  };
}
