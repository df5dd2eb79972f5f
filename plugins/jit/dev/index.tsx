import '@backstage/cli/asset-types';
// The harness is an app of its own.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { ConfigReader } from '@backstage/core-app-api';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  SignInPageProps,
} from '@backstage/plugin-app-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import StorageIcon from '@material-ui/icons/Storage';
import { useEffect } from 'react';
import ReactDOM from 'react-dom/client';
import { fakeJit, identityOf, NADIA } from '../src/__testUtils__';
import jitPlugin from '../src/alpha';
import { jitApiRef } from '../src/api';
import { DevEntityPage } from './DevEntityPage';
import { scenarios } from './scenarios';

// The choice outlives the redirects of the app.
const chosen =
  new URLSearchParams(window.location.search).get('scenario') ??
  sessionStorage.getItem('scenario') ??
  'usual';
sessionStorage.setItem('scenario', chosen);

const identity = {
  ...identityOf(NADIA),
  getProfileInfo: async () => ({ displayName: 'Nadia Osei' }),
};

const SignIn = ({ onSignInSuccess }: SignInPageProps) => {
  useEffect(() => onSignInSuccess(identity), [onSignInSuccess]);
  return null;
};

const app = createApp({
  advanced: {
    configLoader: async () => ({
      config: new ConfigReader({
        app: { title: 'jit', baseUrl: window.location.origin },
        backend: { baseUrl: window.location.origin },
      }),
    }),
  },
  features: [
    jitPlugin,
    createFrontendModule({
      pluginId: 'jit',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: jitApiRef,
              deps: {},
              factory: () => fakeJit((scenarios[chosen] ?? scenarios.usual)()),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        SignInPageBlueprint.make({ params: { loader: async () => SignIn } }),
      ],
    }),
    createFrontendPlugin({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () => catalogApiMock({ entities: [] }),
            }),
        }),
        PageBlueprint.make({
          name: 'entity',
          params: {
            path: '/catalog/:namespace/:kind/:name',
            title: 'Orders database',
            icon: <StorageIcon fontSize="inherit" />,
            routeRef: entityRouteRef,
            loader: async () => <DevEntityPage />,
          },
        }),
      ],
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
