import {
  AccessRequest,
  Answer,
  JitApi,
  Lease,
} from '@backstage-jit/plugin-jit-common';
import { extensibleByMs } from '../words';
import type { FakeWorld } from './FakeJit';

/** The calls about the end of a lease: moved at once as far as it may be, and up to people beyond that. */
export function fakeExtensions(
  world: FakeWorld,
  tools: {
    answer: <T extends object>(value: T) => Answer<T>;
    find: (id: string) => Promise<Lease>;
    replace: (lease: Lease) => Answer<{ lease: Lease }>;
  },
): Pick<JitApi, 'extendLease' | 'previewExtension'> {
  const { answer, find, replace } = tools;
  const later = (lease: Lease, duration: unknown) => {
    const { milliseconds = 0 } = duration as { milliseconds?: number };
    const expiresAt = Date.parse(lease.expiresAt!) + milliseconds;
    return {
      milliseconds,
      expiresAt: new Date(expiresAt).toISOString(),
      automatic: milliseconds <= extensibleByMs(lease),
    };
  };
  return {
    extendLease: async (id, { duration, reason }) => {
      const lease = await find(id);
      const { milliseconds, expiresAt, automatic } = later(lease, duration);
      if (automatic) {
        const { extensionsLeft } = lease;
        return replace({
          ...lease,
          extensionsLeft: extensionsLeft - 1,
          expiresAt,
        });
      }
      const request = requestFor(world, lease, {
        milliseconds,
        expiresAt,
        reason,
      });
      world.requests = [...world.requests, request];
      const extensionAsked = {
        requestId: request.id,
        durationMs: milliseconds,
        until: expiresAt,
      };
      return { ...replace({ ...lease, extensionAsked }), request };
    },
    previewExtension: async (id, { duration }) => {
      const lease = await find(id);
      const { expiresAt, automatic } = later(lease, duration);
      const steps = world.steps.map(({ rule = '', count, approvers }) => ({
        rule,
        count,
        approvers,
        people: approvers,
      }));
      const lapsesAfterMs = Date.parse(lease.expiresAt!) - world.now();
      return answer({
        lease,
        preview: {
          automatic,
          expiresAt,
          ...(!automatic && { approval: { steps, lapsesAfterMs } }),
        },
      });
    },
  };
}

function requestFor(
  world: FakeWorld,
  lease: Lease,
  to: { milliseconds: number; expiresAt: string; reason?: string },
): AccessRequest {
  return {
    id: `later-${lease.id}`,
    state: 'pending',
    requester: world.me,
    subject: lease.subject,
    reason: to.reason,
    requestedAt: new Date(world.now()).toISOString(),
    lapsesAt: lease.expiresAt,
    steps: world.steps,
    revision: 1,
    leaseIds: [lease.id],
    extends: {
      leaseId: lease.id,
      durationMs: to.milliseconds,
      from: lease.expiresAt!,
      until: to.expiresAt,
    },
  };
}
