import { existsSync, readFileSync } from 'node:fs';

/** Reads what Jest's `--json --outputFile` wrote. A file of tests that could not run counts as one that failed. */
export function jestCounts(outputFile) {
  if (!existsSync(outputFile)) {
    return { passed: 0, failed: 1 };
  }
  const results = JSON.parse(readFileSync(outputFile, 'utf8'));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  };
}
