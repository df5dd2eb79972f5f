import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { Lease } from '@backstage-jit/plugin-jit-common';
import {
  aLease,
  aWorld,
  fakeJit,
  FakeWorld,
  NADIA,
} from '../../../__testUtils__';
import { jitApiRef } from '../../../api';
import { Environments } from '../Environments';

/** The view of environments on a world in memory, for Nadia. */
export async function showEnvironments(
  changes: Partial<FakeWorld>,
  onOpen: (lease: { id: string }) => void = () => undefined,
): Promise<FakeWorld> {
  const world = aWorld(changes);
  await renderInTestApp(
    <TestApiProvider apis={[[jitApiRef, fakeJit(world)]]}>
      <Environments reader={{ me: NADIA }} onOpen={onOpen} />
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  return world;
}

/** An active one of Nadia's. */
export function anEnvironment(changes: Partial<Lease> = {}): Lease {
  return aLease(Date.now(), {
    kind: 'infrastructure',
    profileTitle: 'Database for a branch',
    facts: { host: 'db.example.com', console: 'https://db.example.com/7f3a' },
    ...changes,
  });
}
