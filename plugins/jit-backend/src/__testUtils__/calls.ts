import { Test } from 'supertest';
import { ORDERS_DB } from './people';
import { RestBench } from './RestBench';

export const UNKNOWN = '11111111-2222-4333-8444-555555555555';
const encoded = encodeURIComponent(ORDERS_DB);

/** Each call about a lease of Ada's, and a request of hers. */
export const CALLS: Record<
  string,
  (
    bench: RestBench,
    caller: string,
    id: { lease: string; request: string },
  ) => Test
> = {
  me: (bench, caller) => bench.get(caller, '/me'),
  offers: (bench, caller) =>
    bench.get(caller, `/profiles?entityRef=${encoded}`),
  ask: (bench, caller) =>
    bench.post(caller, '/requests', {
      leases: [{ profileId: 'free' }],
      reason: 'OPS-1',
      dryRun: true,
    }),
  'ask for ada': (bench, caller) =>
    bench.post(caller, '/requests', {
      leases: [{ profileId: 'free' }],
      subject: 'user:default/ada',
      reason: 'OPS-1',
      dryRun: true,
    }),
  request: (bench, caller, id) => bench.get(caller, `/requests/${id.request}`),
  decide: (bench, caller, id) =>
    bench.post(caller, `/requests/${id.request}/decisions`, {
      decision: 'approve',
      revision: 1,
    }),
  withdraw: (bench, caller, id) =>
    bench.post(caller, `/requests/${id.request}/withdraw`),
  lease: (bench, caller, id) => bench.get(caller, `/leases/${id.lease}`),
  history: (bench, caller, id) =>
    bench.get(caller, `/leases/${id.lease}/events`),
  extend: (bench, caller, id) =>
    bench.post(caller, `/leases/${id.lease}/extend`, { duration: '10m' }),
  protect: (bench, caller, id) =>
    bench.post(caller, `/leases/${id.lease}/protect`, {
      until: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  review: (bench, caller, id) =>
    bench.post(caller, `/leases/${id.lease}/review`, { comment: 'x' }),
  credentials: (bench, caller, id) =>
    bench.post(caller, `/leases/${id.lease}/credentials`),
  retry: (bench, caller, id) => bench.post(caller, `/leases/${id.lease}/retry`),
  end: (bench, caller, id) => bench.post(caller, `/leases/${id.lease}/end`),
  leases: (bench, caller) => bench.get(caller, '/leases'),
  presence: (bench, caller) =>
    bench.get(caller, `/presence?entityRef=${encoded}`),
  environments: (bench, caller) => bench.get(caller, '/environments'),
  stop: (bench, caller) =>
    bench.post(caller, '/stop', { subject: 'user:default/no', why: 'x' }),
  stops: (bench, caller) => bench.get(caller, '/stops'),
  lift: (bench, caller) => bench.post(caller, `/stops/${UNKNOWN}/lift`),
  providers: (bench, caller) => bench.get(caller, '/providers'),
  stats: (bench, caller) => bench.get(caller, '/stats'),
  export: (bench, caller) => bench.get(caller, '/events/export'),
};
