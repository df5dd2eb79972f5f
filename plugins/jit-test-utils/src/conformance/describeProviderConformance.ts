/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect -- declares tests for others, whose names come from the cases */
import {
  listConformanceTests,
  ProviderConformanceOptions,
} from './listConformanceTests';

/**
 * Declares the conformance tests of a provider, with Jest's `describe` and `it`. A case that does not concern the provider stays visible as a
 * test whose name says why.
 *
 * @public
 */
export function describeProviderConformance(
  options: ProviderConformanceOptions,
): void {
  describe(`${options.name} keeps the provider contract`, () => {
    for (const { name, run } of listConformanceTests(options)) {
      it(name, run, options.timeoutMs ?? 120_000);
    }
  });
}
