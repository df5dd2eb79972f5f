import { identityApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { act } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  aWorld,
  fakeJit,
  FakeWorld,
  identityOf,
  NADIA,
  READ,
  WRITE,
} from '../../../__testUtils__';
import { jitApiRef } from '../../../api';
import { AccessTab } from '../AccessTab';

export const NOW = Date.parse('2031-05-06T09:00:00Z');

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { namespace: 'default', name: 'orders-db', title: 'Orders' },
};

const people = [
  ['nadia.osei', 'Nadia Osei'],
  ['ravi.lindqvist', 'Ravi Lindqvist'],
  ['tomas.varga', 'Tomás Varga'],
  ['ines.calder', 'Ines Calder'],
].map(([name, displayName]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { namespace: 'default', name },
  spec: { profile: { displayName } },
}));

export const user = userEvent.setup({
  advanceTimers: jest.advanceTimersByTime,
});

/** Every test has its own time, in which nothing happens by itself. */
export function turnClocksByHand(): void {
  beforeEach(() => {
    jest.useFakeTimers();
    sessionStorage.clear();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
}

/** Whatever the browser's clock says, the ledger's runs on from NOW. */
export function aLedger(
  changes: Partial<FakeWorld>,
  browserAheadMs = 0,
): FakeWorld {
  jest.setSystemTime(NOW + browserAheadMs);
  const start = performance.now();
  return aWorld({
    now: () => NOW + performance.now() - start,
    offers: [READ, WRITE, ADMIN],
    ...changes,
  });
}

export const pass = async (ms: number) =>
  await act(async () => await jest.advanceTimersByTimeAsync(ms));

/** Opens the tab of the orders database, and waits for nothing. */
export async function openTab(world: FakeWorld) {
  const view = await renderInTestApp(
    <TestApiProvider
      apis={[
        [jitApiRef, fakeJit(world)],
        [identityApiRef, identityOf(NADIA)],
        [catalogApiRef, catalogApiMock({ entities: people })],
      ]}
    >
      <EntityProvider entity={entity}>
        <AccessTab />
      </EntityProvider>
    </TestApiProvider>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  await pass(10);
  return view;
}
