import { Lease } from '@backstage-jit/plugin-jit-common';
import type { z } from 'zod/v3';

/** A lease as actions answer it: what somebody needs to go on, in few words. */
export function leaseSchema(zod: typeof z) {
  return zod.object({
    id: zod.string(),
    requestId: zod.string(),
    profileId: zod.string(),
    profileTitle: zod.string(),
    state: zod
      .string()
      .describe(
        'requested, approved, granting, active, revoking, revoked, denied, withdrawn or lapsed',
      ),
    subject: zod.string(),
    entityRef: zod.string().optional(),
    reason: zod.string().optional(),
    expiresAt: zod.string().optional().describe('ISO 8601'),
    endReason: zod.string().optional(),
    stuck: zod.boolean(),
    extensionsLeft: zod.number(),
    note: zod.string().optional(),
  });
}

export function leaseForAgents(
  lease: Lease,
): z.infer<ReturnType<typeof leaseSchema>> {
  const { id, requestId, profileId, profileTitle, state, subject } = lease;
  const { entityRef, reason, expiresAt, endReason } = lease;
  const { stuck, extensionsLeft, lastError, note } = lease;
  return {
    ...{ id, requestId, profileId, profileTitle, state, subject },
    ...{ entityRef, reason, expiresAt, endReason, stuck, extensionsLeft },
    note: lastError?.message ?? note,
  };
}
