import { identityApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { aWorld, fakeJit, FakeWorld, identityOf } from '../../../__testUtils__';
import { jitApiRef } from '../../../api';
import { JitPageContent } from '../JitPageContent';

/** The page on a world in memory, for its reader. */
export async function showPage(
  changes: Partial<FakeWorld>,
  search: string = '',
): Promise<FakeWorld> {
  const world = aWorld(changes);
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [jitApiRef, fakeJit(world)],
        [identityApiRef, identityOf(world.me)],
      ]}
    >
      <JitPageContent />
    </TestApiProvider>,
    {
      routeEntries: [`/${search}`],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return world;
}
