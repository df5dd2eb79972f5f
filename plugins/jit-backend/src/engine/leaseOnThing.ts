import { ExpectedThing, JitProvider } from '@backstage-jit/plugin-jit-node';
import { EntitlementView, LeaseRecord } from '../leases/records';

/** What a provider is told of a lease, and of the thing that it is on. */
export function leaseOnThing(
  view: EntitlementView,
  lease: LeaseRecord,
): Omit<ExpectedThing, 'params'> {
  const { entitlement } = view;
  return {
    lease: {
      id: lease.id,
      subject: lease.subject,
      requester: lease.requester,
      entityRef: lease.entityRef,
      profileId: lease.profileId,
      subjectProfile: lease.subjectProfile,
      expiresAt: lease.expiresAt,
    },
    // A lease that joins a shared thing must mean the very thing that the others made.
    handle:
      lease.handle ??
      (entitlement.shared
        ? view.leases.find(each => each.handle)?.handle
        : undefined),
    externalName: entitlement.externalName,
  };
}

/** The parameters as the provider reads them, or as they are, where a later release no longer takes them. */
export function parametersOf(
  { parameters }: LeaseRecord,
  { paramsSchema }: JitProvider,
): unknown {
  const parsed = paramsSchema.safeParse(parameters);
  return parsed.success ? parsed.data : parameters;
}
