import { JsonObject } from '@backstage/types';
import { LIFE_ORIGIN } from './createLifeEntities';

/** @public */
export const LIFE_PROFILE = {
  connection: 'life',
  eligible: [{ group: 'group:default/crew' }],
  duration: { default: '30m', maximum: '4h' },
  extension: { maximum: '1h', times: 2 },
};

/**
 * The config of a backend for {@link ProviderLife}: everybody in the catalog may have every profile, at once.
 *
 * No tick of a scheduler drives it: the engine's own timer wakes it, however far away what is due is. Attempts follow each other quickly.
 *
 * @public
 */
export function createLifeConfig(options: {
  /** A connection as in `jit.connections`. */
  connection: JsonObject & { type: string };
  /** By their ids; what is not given is as in {@link LIFE_PROFILE}. */
  profiles: Record<string, JsonObject & { provider: string }>;
}): JsonObject {
  return {
    jit: {
      installation: 'life',
      operators: ['user:default/operator'],
      events: {
        keys: [{ id: 'k1', secret: 'only for tests, and long enough for it' }],
      },
      people: { trustedLocations: [LIFE_ORIGIN] },
      engine: { tick: '1h', backoffMin: '100ms', backoffMax: '200ms' },
      connections: { life: options.connection },
      profiles: Object.entries(options.profiles).map(([id, profile]) => ({
        ...LIFE_PROFILE,
        id,
        title: `For tests, ${id}`,
        ...profile,
      })),
    },
  };
}
