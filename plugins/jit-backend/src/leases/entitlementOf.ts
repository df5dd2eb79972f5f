import { createHash } from 'node:crypto';
import { EntitlementRecord } from './records';

/**
 * The outside thing that a new lease is about: its own, or the one it shares with all leases of the same key on the same connection.
 *
 * Ids and names follow from their inputs alone, so that a second lease, or a second try, finds the same thing.
 */
export function entitlementOf(options: {
  leaseId: string;
  connection: string;
  provider: string;
  /** The provider's key, where leases can share. */
  key?: string;
}): EntitlementRecord {
  const { leaseId, connection, provider, key } = options;
  const shared = key !== undefined;
  const id = shared
    ? createHash('sha256')
        .update(JSON.stringify([connection, provider, key]))
        .digest('hex')
    : leaseId;
  return {
    id,
    connection,
    provider,
    shared,
    externalName: `jit_${id.replaceAll('-', '').slice(0, 32)}`,
    attempted: false,
  };
}
