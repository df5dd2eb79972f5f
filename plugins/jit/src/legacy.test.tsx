import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory, SignInPageProps } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  catalogPlugin,
  EntityLayout,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import Grid from '@material-ui/core/Grid';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { useEffect } from 'react';
import { Route } from 'react-router-dom';
import {
  aLease,
  aWorld,
  fakeJit,
  identityOf,
  NADIA,
  READ,
} from './__testUtils__';
import { EntityJitCard, EntityJitContent, jitApiRef, JitPage } from '.';

jest.setTimeout(240_000);

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { namespace: 'default', name: 'orders-db', title: 'Orders' },
  spec: { type: 'database' },
};

const identity = identityOf(NADIA);

const SignIn = ({ onSignInSuccess }: SignInPageProps) => {
  useEffect(() => onSignInSuccess(identity), [onSignInSuccess]);
  return null;
};

const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <Grid container spacing={3}>
        {/* README: overview */}
        <Grid item md={6}>
          <EntityJitCard />
        </Grid>
        {/* README: end */}
      </Grid>
    </EntityLayout.Route>
    {/* README: tab */}
    <EntityLayout.Route path="/access" title="Access">
      <EntityJitContent />
    </EntityLayout.Route>
    {/* README: end */}
  </EntityLayout>
);

const routes = (
  <FlatRoutes>
    <Route path="/catalog" element={<CatalogIndexPage />} />
    <Route
      path="/catalog/:namespace/:kind/:name"
      element={<CatalogEntityPage />}
    >
      {entityPage}
    </Route>
    {/* README: page */}
    <Route path="/just-in-time" element={<JitPage />} />
    {/* README: end */}
  </FlatRoutes>
);

function openApp(path: string) {
  window.history.pushState({}, '', path);
  const now = Date.now();
  const world = aWorld({
    offers: [READ],
    leases: [aLease(now)],
    presence: [{ subject: NADIA, profileTitle: READ.title }],
  });
  const app = createApp({
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { title: 'test', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost:7007' },
        },
      },
    ],
    components: { SignInPage: SignIn },
    plugins: [catalogPlugin],
    apis: [
      createApiFactory(jitApiRef, fakeJit(world)),
      createApiFactory(catalogApiRef, catalogApiMock({ entities: [entity] })),
    ],
  });
  const App = app.createRoot(<AppRouter>{routes}</AppRouter>);
  return render(<App />);
}

it('shows the tab and the card on an entity’s page', async () => {
  openApp('/catalog/default/resource/orders-db');
  expect(
    await screen.findByRole(
      'button',
      { name: 'Request access to Orders' },
      { timeout: 30_000 },
    ),
  ).toBeVisible();
  await userEvent.click(screen.getByRole('tab', { name: 'Access' }));
  expect(await screen.findByText('24 min left')).toBeVisible();
  expect(screen.getByText(/At once, up to 4 h/)).toBeVisible();
});

it('shows the page, and a lease’s history beside it', async () => {
  openApp('/just-in-time');
  expect(
    await screen.findByRole(
      'heading',
      { name: 'Just-in-time' },
      { timeout: 30_000 },
    ),
  ).toBeVisible();
  await userEvent.click(
    await screen.findByRole('button', {
      name: 'History of Orders database, read only',
    }),
  );
  expect(await screen.findByRole('dialog')).toHaveTextContent('postgres.role');
  expect(window.location.search).toContain('lease=');
});

it.each(['../README.md', '../../../README.md'])('is what %s says', path => {
  const plain = (text: string) => text.replace(/\s+/g, ' ');
  const here = readFileSync(__filename, 'utf8');
  const readme = plain(readFileSync(resolve(__dirname, path), 'utf8'));
  const snippets = [
    ...here.matchAll(/\{\/\* README: \w+ \*\/\}([\s\S]*?)\{\/\* README: end/g),
  ].map(([, snippet]) => plain(snippet).trim());
  expect(snippets).toHaveLength(3);
  for (const snippet of snippets) {
    expect(readme).toContain(snippet);
  }
});
