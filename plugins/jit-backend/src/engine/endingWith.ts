import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { EntitlementView, PendingCall } from '../leases/records';

/** The outside end is later than the lease's: what is taken back with the lease works no longer than that, whatever the provider says. */
export function endingWith<
  T extends { credentials: IssuedCredentials } | object,
>(answer: T, { view, call }: { view: EntitlementView; call: PendingCall }): T {
  const lease = view.leases.find(each => each.id === call.leaseId);
  if (!('credentials' in answer) || lease?.expiresAt === undefined) {
    return answer;
  }
  const { credentials } = answer;
  const own = Date.parse(credentials.expiresAt ?? '');
  const end = Number.isNaN(own)
    ? lease.expiresAt
    : Math.min(own, lease.expiresAt);
  return {
    ...answer,
    credentials: { ...credentials, expiresAt: new Date(end).toISOString() },
  };
}
