import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { ConformanceEnv } from './ConformanceEnv';
import { ConformanceHarness } from './ConformanceHarness';

/** @public */
export interface ConformanceSubject {
  provider: JitProvider;
  harness: ConformanceHarness;
}

/**
 * Whether a case is for this provider: `true`, or the reason why not. The kit says only what follows from the provider's own declarations; the
 * harness gives the rest, and an empty reason fails the test.
 *
 * @public
 */
export type Applicability = true | { because: string };

/**
 * One promise of the contract, as a function that throws when it is broken. Independent of any test runner.
 *
 * @public
 */
export interface ConformanceCase {
  /** Unique within the kit. */
  name: string;
  applies(subject: ConformanceSubject): Applicability;
  run(env: ConformanceEnv): Promise<void>;
}
