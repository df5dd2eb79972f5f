import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  JitProvider,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import { HumanDuration } from '@backstage/types';
import { randomUUID } from 'node:crypto';
import { FakeOutside } from '../outside/FakeOutside';
import { createFakeProvider } from './createFakeProvider';

/**
 * The providers `fake.access`, `fake.membership` (shared, cannot tell ours from others'), `fake.binding` (shared, can), `fake.async` and
 * `fake.ordered` (infrastructure), in one world.
 *
 * @public
 */
export function createFakeProviders(options?: {
  /** The connection's `url` when not given. */
  outside?: FakeOutside | string;
  /** Of all of them: how long reads of the world lag. None when not given. */
  settle?: HumanDuration;
}): JitProvider[] {
  const { outside, settle } = options ?? {};
  const common = { outside, settle, worker: randomUUID() };
  return [
    createFakeProvider({ ...common, id: 'fake.access' }),
    createFakeProvider({
      ...common,
      id: 'fake.membership',
      shared: true,
      marks: false,
    }),
    createFakeProvider({ ...common, id: 'fake.binding', shared: true }),
    createFakeProvider({ ...common, id: 'fake.async', nature: 'asynchronous' }),
    createFakeProvider({ ...common, id: 'fake.ordered', nature: 'ordered' }),
  ];
}

/**
 * Adds the fake providers, or those given, to the jit backend of a test. Their connections are of type `fake`:
 *
 * ```yaml
 * jit:
 *   connections:
 *     playground: { type: fake, url: http://127.0.0.1:7100, ceiling: { names: [reader] } }
 * ```
 *
 * @public
 */
export function createFakeProviderModule(options?: {
  outside?: FakeOutside | string;
  /** How long reads of the world lag. */
  settle?: HumanDuration;
  providers?: JitProvider[];
}): BackendFeature {
  return createBackendModule({
    pluginId: 'jit',
    moduleId: 'fake-providers',
    register(registration) {
      registration.registerInit({
        deps: { providers: jitProvidersExtensionPoint },
        async init({ providers }) {
          providers.addProvider(
            ...(options?.providers ?? createFakeProviders(options)),
          );
        },
      });
    },
  });
}
