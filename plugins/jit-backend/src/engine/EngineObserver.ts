import { ErrorClass } from '@backstage-jit/plugin-jit-common';
import { LeaseRecord, Operation } from '../leases/records';

/** One call to a provider, or to the catalog, that came back or was given up. */
export interface ObservedCall {
  provider: string;
  operation: Operation;
  /** In which way it failed, if it did. */
  failure?: ErrorClass;
  milliseconds: number;
}

/** Is told what the engine does, when it is durable. Must not throw, and nothing depends on it. */
export interface EngineObserver {
  /** A lease has come into the state that it is in. */
  moved?(lease: LeaseRecord): void;
  called?(call: ObservedCall): void;
  /** Somebody else has the claim under which a worker was about to write. */
  claimLost?(): void;
}
