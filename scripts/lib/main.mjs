import { say } from './say.mjs';

/**
 * Runs a script's work, and ends the process with what it returns.
 *
 * @param work - gets a signal that is aborted by Ctrl-C and the like, once; then it has to end all that it has started
 */
export async function main(work) {
  const told = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => told.abort(new Error('Told to end')));
  }
  // Whoever reads us may go first.
  process.stdout.on('error', () => {});
  try {
    process.exit(await work(told.signal));
  } catch (error) {
    if (told.signal.aborted) {
      say('Ended early.');
      process.exit(130);
    }
    say(`\n✗ ${error.message}`);
    process.exit(1);
  }
}
