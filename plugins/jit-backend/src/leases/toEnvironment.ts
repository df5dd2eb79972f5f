import { Environment } from '@backstage-jit/plugin-jit-common';
import { LeaseRecord } from './records';

/** A lease of infrastructure that was granted, as the catalog is told of it. */
export function toEnvironment(record: LeaseRecord): Environment {
  const { id, profileTitle, profileId, provider, requester } = record;
  const { entityRef, grantedAt, expiresAt } = record;
  return {
    leaseId: id,
    title: profileTitle,
    profileId,
    provider,
    ...(entityRef !== undefined && { entityRef }),
    requester,
    grantedAt: iso(grantedAt!),
    ...(expiresAt !== undefined && { expiresAt: iso(expiresAt) }),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
