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
 * The conformance tests of a provider, for any runner. A case that does not concern the provider becomes a test that says so in its name, and
 * fails when no reason is given.
 *
 * @public
 */
export function listConformanceTests(
  options: Omit<ProviderConformanceOptions, 'name'>,
): Array<{ name: string; run: () => Promise<void> }> {
  const { provider, harness } = options;
  const declared = provider();
  const record = new ConformanceRecord();
  return CONFORMANCE_CASES.map(conformanceCase => {
    const { name } = conformanceCase;
    const applies = conformanceCase.applies({ provider: declared, harness });
    return applies === true
      ? {
          name,
          run: () =>
            runConformanceCase({ conformanceCase, provider, harness, record }),
        }
      : {
          name: `${name} (not applicable: ${applies.because})`,
          run: async () => {
            assert.ok(applies.because.trim(), 'The harness gives no reason');
          },
        };
  });
}
