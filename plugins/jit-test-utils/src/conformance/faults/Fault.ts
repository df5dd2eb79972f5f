import { JitProvider, LeaseContext } from '@backstage-jit/plugin-jit-node';
import { FakeConformanceHarness, FakeNatureName } from '../../fake';
import { FakeExchanges, FakeVerb } from '../../fake/outside/exchanges';

// The broken providers take any context: what they break has nothing to do with its types.
export type Context = LeaseContext<any, any, any>;

/** What a fault is built on. */
export interface Bench {
  /** One that works. */
  provider: JitProvider;
  harness: FakeConformanceHarness;
  /** One exchange by the broken provider's own hand. */
  ask<V extends FakeVerb>(
    ctx: Pick<Context, 'connection' | 'signal'>,
    verb: V,
    ask: FakeExchanges[V]['ask'],
  ): Promise<FakeExchanges[V]['answer']>;
}

/** A way to break the provider contract, to see that the kit finds it. */
export interface Fault {
  fault: string;
  /** Of the fake that is broken; `at-once` when not given. */
  nature?: FakeNatureName;
  shared?: boolean;
  /** Whether its things carry a mark; true when not given. */
  marks?: boolean;
  /** What is different from one that works. */
  breaks(bench: Bench): Partial<JitProvider>;
  /** The cases that must find it, and no others. */
  finds: string[];
}
