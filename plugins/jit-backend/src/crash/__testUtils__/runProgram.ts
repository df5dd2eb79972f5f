/** Has a program do its work, and ends the process after it: with 1, what was wrong, and what to do about that when it failed. */
export function runProgram(work: () => Promise<void>, hint?: string): void {
  work()
    .catch(error => {
      process.stdout.write(
        [`✗ ${error.message}`, hint ?? [], ''].flat().join('\n'),
      );
      process.exitCode = 1;
    })
    // Node may wait for ever, busily, for a handle of a child that was killed.
    .finally(() => process.exit());
}
