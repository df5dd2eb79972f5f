import { writeHealth } from '../database/operations/connections/writeHealth';
import { listIdentities } from '../database/operations/connections/listIdentities';
import { Ledger } from '../database/Ledger';
import { callWithDeadline } from '../engine/callWithDeadline';
import { OutsideSystems, Resolved } from '../engine/OutsideSystems';

/** What a look at one connection found. */
export interface ConnectionLook {
  state: 'ok' | 'unhealthy' | 'repointed';
  /** What to do, when it is not ok. */
  message?: string;
}

/**
 * Looks at each connection whether it has the rights that it needs, and whether it still leads to the system that live things were made on. A
 * connection that does not answer at all is the breaker's matter, not this one's.
 */
export async function lookAtConnections(options: {
  ledger: Ledger;
  systems: OutsideSystems;
  signal?: AbortSignal;
}): Promise<void> {
  const { ledger, systems, signal } = options;
  const looks = new Map<string, ConnectionLook>();
  for (const resolved of systems.all()) {
    signal?.throwIfAborted();
    const { name } = resolved.connection;
    const look = await lookAt(ledger, systems, resolved, signal);
    if (look && looks.get(name)?.state !== 'repointed') {
      looks.set(name, look.state === 'ok' ? looks.get(name) ?? look : look);
    }
  }
  for (const [connection, look] of looks) {
    await writeHealth(ledger, { connection, look });
  }
}

/** @returns undefined when it does not answer */
async function lookAt(
  ledger: Ledger,
  systems: OutsideSystems,
  resolved: Resolved,
  signal?: AbortSignal,
): Promise<ConnectionLook | undefined> {
  const { provider, connection } = resolved;
  const at = { provider: provider.id, connection: connection.name };
  const gate = await systems.gate(at);
  if (!gate.open) {
    const { failure } = gate;
    return failure.class === 'misconfigured'
      ? { state: 'unhealthy', message: failure.message }
      : undefined;
  }
  const identities = await listIdentities(ledger, at);
  if (identities.some(identity => identity !== gate.identity)) {
    return {
      state: 'repointed',
      message: `Connection ${connection.name} leads to another system than the one that live leases were granted on: point it back`,
    };
  }
  if (!provider.health) {
    return { state: 'ok' };
  }
  const { callTimeoutMs } = systems.traits(provider.id);
  const health = await callWithDeadline(
    { milliseconds: callTimeoutMs, signal },
    limits => provider.health!(systems.context(resolved, limits)),
  ).catch(() => undefined);
  return (
    health && {
      state: health.ok ? 'ok' : 'unhealthy',
      ...(health.message && { message: health.message }),
    }
  );
}
