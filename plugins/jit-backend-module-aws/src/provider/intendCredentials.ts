import { CredentialIntent } from '@backstage-jit/plugin-jit-node';
import { HOUR_S, StsParams } from './paramsSchema';
import { StsHandle } from './types';

/** When the session policy lets the keys of a lease do nothing any more: the whole second in which it ends. */
export function endOfKeys(expiresAt: number): number {
  return Math.floor(expiresAt / 1000) * 1000;
}

/** The handle that knows of keys before they can be out. They die with the lease, or as soon as STS lets them, whichever is first. */
export function intendCredentials(
  options: CredentialIntent<StsParams, StsHandle>,
): StsHandle {
  const { lease, params, handle, now, landsUntil } = options;
  if (!handle || lease.expiresAt === undefined) {
    // Not granted: none will be made.
    return handle ?? { v: 1, editable: false };
  }
  const longestMs = (params.keysFor ?? HOUR_S) * 1000;
  const usableUntil = Math.min(
    endOfKeys(lease.expiresAt),
    landsUntil + longestMs,
  );
  return {
    ...handle,
    keys: {
      intendedAt: now,
      usableUntil: Math.max(handle.keys?.usableUntil ?? 0, usableUntil),
    },
  };
}
