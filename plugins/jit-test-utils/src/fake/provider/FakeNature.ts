import {
  Inspection,
  LeaseContext,
  OwnershipMark,
  Progress,
} from '@backstage-jit/plugin-jit-node';
import { FakeThing } from '../outside/exchanges';
import { FakeClient } from './FakeClient';
import { FakeConnection, FakeHandle, FakeParams } from './fakeSchemas';

/** @public */
export type FakeNatureName = 'at-once' | 'asynchronous' | 'ordered';

export type FakeLeaseContext = LeaseContext<
  FakeParams,
  FakeHandle,
  FakeConnection
>;

/** What an operation of a nature works with. */
export interface FakeWork {
  ctx: FakeLeaseContext;
  client: FakeClient;
  key: string;
  /** Whether leases share the thing. */
  shared: boolean;
  /** The mark that a change is conditional on; none where the system cannot tell our things from others'. */
  onlyMark: OwnershipMark | undefined;
  /** Whether revoke ends sessions, or they die by themselves. */
  endsSessions: boolean;
  /** How many looks an asynchronous request takes. */
  looks: number;
  /** The thing that a grant makes, or a part of it. */
  describe(part?: string): FakeThing;
}

/** How a fake provider makes, removes and looks at its thing. */
export interface FakeNature {
  make(work: FakeWork): Promise<Progress<FakeHandle>>;
  unmake(work: FakeWork): Promise<Progress<FakeHandle>>;
  look(work: FakeWork): Promise<Inspection>;
  /** The keys of the outside things that make it up. */
  parts(key: string): string[];
}
