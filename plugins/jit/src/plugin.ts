import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { JitClient } from '@backstage-jit/plugin-jit-common';
import { jitApiRef } from './api';
import {
  catalogIndexRouteRef,
  entityContentRouteRef,
  pageRouteRef,
  rootRouteRef,
} from './routes';

/**
 * The plugin for the legacy frontend system.
 *
 * @public
 */
export const jitPlugin = createPlugin({
  id: 'jit',
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  externalRoutes: {
    catalogIndex: catalogIndexRouteRef,
    page: pageRouteRef,
  },
  apis: [
    createApiFactory({
      api: jitApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new JitClient({ discoveryApi, fetchApi }),
    }),
  ],
});

/**
 * The page "Just-in-time": what the reader holds for a while and, for operators, what everybody does.
 *
 * @public
 */
export const JitPage = jitPlugin.provide(
  createRoutableExtension({
    name: 'JitPage',
    component: () => import('./components/JitPage').then(m => m.JitPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * An entity's tab "Access": what the reader holds there, what they can have, and who is in.
 *
 * @public
 */
export const EntityJitContent = jitPlugin.provide(
  createRoutableExtension({
    name: 'EntityJitContent',
    component: () => import('./components/AccessTab').then(m => m.AccessTab),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * A card for an entity's overview: who is in now, and a button to ask.
 *
 * @public
 */
export const EntityJitCard = jitPlugin.provide(
  createComponentExtension({
    name: 'EntityJitCard',
    component: {
      lazy: () => import('./components/WhoIsInCard').then(m => m.WhoIsInCard),
    },
  }),
);
