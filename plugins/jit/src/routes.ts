import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

export const rootRouteRef = createRouteRef({ id: 'jit' });

export const entityContentRouteRef = createRouteRef({
  id: 'jit-entity-content',
});

/** Where empty lists send people to find something to lease. */
export const catalogIndexRouteRef = createExternalRouteRef({
  id: 'catalog-index',
  optional: true,
  defaultTarget: 'catalog.catalogIndex',
});

/** The plugin's own page, where an app has it. */
export const pageRouteRef = createExternalRouteRef({
  id: 'page',
  optional: true,
  defaultTarget: 'jit.root',
});
