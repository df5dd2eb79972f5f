import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { RequestView } from '../database/operations/requests/placeRequest';

/** A request as the API shows it. */
export function toAccessRequest(view: RequestView): AccessRequest {
  const { request, leases } = view;
  const { startsAt, decidedAt } = request;
  return {
    id: request.id,
    state: request.state,
    requester: request.requester,
    subject: request.subject,
    reason: request.reason,
    requestedAt: iso(request.requestedAt),
    decidedAt: decidedAt === undefined ? undefined : iso(decidedAt),
    startsAt: startsAt === undefined ? undefined : iso(startsAt),
    steps: request.steps,
    revision: request.revision,
    leaseIds: leases.map(lease => lease.id),
    via: request.via,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
