/**
 * Just-in-time access in the portal, for the new frontend system.
 *
 * @packageDocumentation
 */
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { JitClient } from '@backstage-jit/plugin-jit-common';
import TimerIcon from '@material-ui/icons/Timer';
import { jitApiRef } from './api';
import {
  catalogIndexRouteRef,
  entityContentRouteRef,
  pageRouteRef,
  rootRouteRef,
} from './routes';

export { jitTranslationRef } from './translation';

const title = 'Just-in-time';
const icon = <TimerIcon fontSize="inherit" />;

/** The kinds of entities that can be leased on; an app can widen or narrow it in its config. */
const filter = { kind: { $in: ['component', 'resource', 'system', 'api'] } };

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: jitApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new JitClient({ discoveryApi, fetchApi }),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/just-in-time',
    title,
    icon,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/JitPage').then(m => (
        // The header above it is the system's.
        <main>
          <m.JitPageContent />
        </main>
      )),
  },
});

const accessTab = EntityContentBlueprint.make({
  name: 'access',
  params: {
    path: '/access',
    title: 'Access',
    filter,
    routeRef: entityContentRouteRef,
    loader: () => import('./components/AccessTab').then(m => <m.AccessTab />),
  },
});

const whoIsInCard = EntityCardBlueprint.make({
  name: 'who-is-in',
  params: {
    filter,
    loader: () =>
      import('./components/WhoIsInCard').then(m => <m.WhoIsInCard />),
  },
});

/**
 * The plugin for the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'jit',
  title,
  icon,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  externalRoutes: { catalogIndex: catalogIndexRouteRef, page: pageRouteRef },
  extensions: [api, page, accessTab, whoIsInCard],
});
