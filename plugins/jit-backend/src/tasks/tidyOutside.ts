import { LoggerService } from '@backstage/backend-plugin-api';
import { callWithDeadline } from '../engine/callWithDeadline';
import { classify } from '../engine/classify';
import { OutsideSystems } from '../engine/OutsideSystems';

/** How long one connection may take. */
const TIMEOUT_MS = 120_000;

/**
 * Lets each provider remove what it had to leave outside for a while after leases were gone. A connection that does not answer keeps the others
 * from nothing: what is left there is removed in a later pass.
 */
export async function tidyOutside(options: {
  systems: OutsideSystems;
  logger: LoggerService;
  signal?: AbortSignal;
}): Promise<void> {
  const { systems, logger, signal } = options;
  for (const resolved of systems.all()) {
    const { provider, connection } = resolved;
    const at = { provider: provider.id, connection: connection.name };
    signal?.throwIfAborted();
    if (!provider.tidy || !(await systems.gate(at)).open) {
      continue;
    }
    try {
      await callWithDeadline({ milliseconds: TIMEOUT_MS, signal }, limits =>
        provider.tidy!(systems.context(resolved, limits)),
      );
    } catch (error) {
      signal?.throwIfAborted();
      const { message } = classify(error, provider.id);
      logger.warn(`Not tidied: ${message}`, at);
    }
  }
}
