import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { LIFE_ORIGIN } from '@backstage-jit/plugin-jit-test-utils';

/** Of the histories' signatures. */
export const EVENT_KEYS = [
  { id: 'k1', secret: 'only for tests of crashes, and long enough' },
];

/** How long a claim lives that nobody renews. */
export const CLAIM_LIFE_MS = 2_000;

/**
 * Waits so short that a takeover takes seconds. A call may land longer than a claim lives, so that what is late meets those who took over.
 */
export const QUICK_ENGINE: JsonObject = {
  tick: { milliseconds: 200 },
  claimLife: { milliseconds: CLAIM_LIFE_MS },
  claimRenewal: { milliseconds: 500 },
  callTimeout: { milliseconds: 5_000 },
  backoffMin: { milliseconds: 100 },
  backoffMax: { milliseconds: 1_000 },
  probeEvery: { milliseconds: 200 },
};

/** The profiles of the crash tests are named after the nature of what they give. */
export const NATURES = [
  'access',
  'membership',
  'binding',
  'async',
  'ordered',
] as const;
export type Nature = (typeof NATURES)[number];

export interface BackendConfigOptions {
  database: JsonObject;
  /** Where the outside world is; each process has one of its own when not given. */
  worldUrl?: string;
  /** `jit.engine`; as in production when not given. */
  engine?: JsonObject;
  /** How many calls may be out at once. */
  concurrency?: number;
  /** Backstage's own `aws`: what AWS's accounts are entered with. */
  aws?: JsonObject;
  /** Where the scaffolder is, and the templates that the catalog has. */
  scaffolder?: { url: string; templates: Entity[] };
  /** Besides the one to the world. */
  connections?: JsonObject;
  /** One for each nature, and a bundle of two of these, when not given. */
  profiles?: JsonObject[];
  bundles?: JsonObject[];
  logLevel?: string;
  /** What the fake providers declare as their settle time; none when not given. */
  settleMs?: number;
}

/** A bundle of two of them: the first is sooner gone than the second, unless it waits for it. */
export const PAIR = {
  id: 'pair',
  title: 'Something, and what stands on it',
  parts: ['access', 'ordered'] satisfies Nature[],
};

/** All of the config of a backend process. */
export function backendConfig(options: BackendConfigOptions): JsonObject {
  const { database, worldUrl, engine, concurrency = 16 } = options;
  const { settleMs, scaffolder } = options;
  return {
    crash: {
      ...(settleMs && { settleMs }),
      ...(scaffolder && { templates: scaffolder.templates }),
    },
    ...(scaffolder && {
      discovery: {
        endpoints: [
          {
            target: `${scaffolder.url}/api/{{ pluginId }}`,
            plugins: ['scaffolder'],
          },
        ],
      },
    }),
    app: { baseUrl: 'http://127.0.0.1' },
    backend: {
      baseUrl: 'http://127.0.0.1',
      listen: { host: '127.0.0.1', port: 0 },
      logger: { level: options.logLevel ?? 'info' },
      database,
    },
    ...(options.aws && { aws: options.aws }),
    jit: {
      installation: 'crash',
      connections: {
        world: {
          type: 'fake',
          ...(worldUrl && { url: worldUrl }),
          concurrency,
          ceiling: { names: [...NATURES] },
        },
        ...options.connections,
      },
      people: { trustedLocations: [LIFE_ORIGIN] },
      events: { keys: EVENT_KEYS },
      limits: { openRequestsPerPerson: 1_000_000 },
      ...(engine && { engine }),
      profiles: options.profiles ?? NATURES.map(natureProfile),
      bundles: options.bundles ?? (options.profiles ? [] : [PAIR]),
    },
  };
}

function natureProfile(nature: Nature): JsonObject {
  return profile(nature, {
    provider: `fake.${nature}`,
    connection: 'world',
    parameters: { name: nature },
  });
}

/** A profile for the crew, of what is given. */
export function profile(id: string, what: JsonObject): JsonObject {
  return {
    id,
    title: `A thing that is ${id}`,
    ...what,
    eligible: [{ group: 'group:default/crew' }],
    duration: { maximum: '1h' },
    extension: { maximum: '1h', times: 100 },
  };
}
