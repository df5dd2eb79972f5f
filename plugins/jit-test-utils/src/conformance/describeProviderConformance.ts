/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect -- declares tests for others, whose names come from the cases */
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import assert from 'node:assert/strict';
import { CONFORMANCE_CASES } from './cases';
import { ConformanceHarness } from './ConformanceHarness';
import { ConformanceRecord } from './ConformanceRecord';
import { runConformanceCase } from './runConformanceCase';

/** @public */
export interface ProviderConformanceOptions {
  name: string;
  /**
   * Makes the provider, wired to the harness's transport. Called when tests are named, before each case, and after each crash, so that what
   * it kept in memory is gone as it is after a `kill -9`.
   */
  provider: () => JitProvider;
  harness: ConformanceHarness;
  /** For one case, in milliseconds; two minutes when not given. */
  timeoutMs?: number;
}

/**
 * Declares the conformance tests of a provider, with Jest's `describe` and `it`. A case that does not concern the provider stays visible as a
 * test whose name says why.
 *
 * @public
 */
export function describeProviderConformance(
  options: ProviderConformanceOptions,
): void {
  const { name, harness } = options;
  const declared = options.provider();
  const record = new ConformanceRecord();

  describe(`${name} keeps the provider contract`, () => {
    for (const conformanceCase of CONFORMANCE_CASES) {
      const applies = conformanceCase.applies({ provider: declared, harness });
      if (applies === true) {
        it(
          conformanceCase.name,
          () =>
            runConformanceCase({
              conformanceCase,
              provider: options.provider,
              harness,
              record,
            }),
          options.timeoutMs ?? 120_000,
        );
      } else {
        it(`${conformanceCase.name} (not applicable: ${applies.because})`, () => {
          assert.ok(applies.because.trim(), 'The harness gives no reason');
        });
      }
    }
  });
}
