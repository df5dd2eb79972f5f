import {
  FakeEffect,
  FakeSession,
  FakeThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import { LeaseRecord } from '../../../leases/records';
import { BackendConfigOptions } from '../backendConfig';
import { PlannedLease } from '../planBatch';

/** A real system, or the emulator of one, on which things are leased besides those of the fake world. */
export interface Outside {
  /** What of a backend's config is about it. */
  readonly config: Required<
    Pick<BackendConfigOptions, 'connections' | 'profiles' | 'bundles'>
  > &
    Pick<BackendConfigOptions, 'aws' | 'scaffolder'>;
  /** What somebody holds in it for good. */
  readonly standing: FakeThing[];
  /** Forgets what is over. Only when nothing is left to do. */
  renew(): Promise<void>;
  /** Makes what has to be there before a lease is asked for; once, however often that is asked. */
  prepare?(lease: PlannedLease): void;
  /**
   * Has the holder of a lease on it use what they were given.
   *
   * @returns whether that let them in; a lease may have ended meanwhile
   */
  use(lease: Lease, credentials: IssuedCredentials): Promise<boolean>;
  /** What is there now, in the words of the fake world. */
  look(): Promise<OutsideLook>;
  /** What is wrong when a process is dead. */
  checkOnce(leases: LeaseRecord[]): Promise<string[]>;
  /**
   * What is wrong when nothing is left to do, besides what a look shows.
   *
   * @param options - `late`: whether something took effect late that its sender did not live to hear about
   */
  checkAtRest(
    leases: LeaseRecord[],
    options: { late: boolean },
  ): Promise<string[]>;
  close(): Promise<void>;
}

export interface OutsideLook {
  things: FakeThing[];
  sessions: FakeSession[];
  effects: FakeEffect[];
}
