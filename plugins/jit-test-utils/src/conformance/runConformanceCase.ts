import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { ConformanceCase } from './ConformanceCase';
import { ConformanceEnv } from './ConformanceEnv';
import { ConformanceHarness } from './ConformanceHarness';
import { ConformanceRecord } from './ConformanceRecord';

/**
 * Runs one case between the harness's `setUp` and `tearDown`, without a test runner.
 *
 * @throws what the case throws when the promise is broken
 * @public
 */
export async function runConformanceCase(options: {
  conformanceCase: ConformanceCase;
  provider: () => JitProvider;
  harness: ConformanceHarness;
  /** Shared by the cases of a run; a fresh one when not given. */
  record?: ConformanceRecord;
}): Promise<void> {
  const { conformanceCase, harness } = options;
  const record = options.record ?? new ConformanceRecord();
  try {
    await harness.setUp?.();
    record.addSecrets(harness.secrets());
    const env = new ConformanceEnv({
      provider: options.provider,
      harness,
      record,
    });
    await conformanceCase.run(env);
  } finally {
    await harness.tearDown?.();
  }
}
