import { join } from 'node:path';
import { lastLines, startNode } from './processes.mjs';

/**
 * The parts of the demonstration that run: ended together, the last one first, and watched for ending by themselves.
 *
 * @param logs - the folder of their output
 * @param signal - aborts what waits for them
 */
export class DemoParts {
  #logs;
  #signal;
  #undo = [];
  #fail;

  constructor({ logs, signal }) {
    this.#logs = logs;
    this.#signal = signal;
    /** Settles with the reason when a part ends by itself. */
    this.failed = new Promise(resolve => {
      this.#fail = resolve;
    });
  }

  logOf(name) {
    return join(this.#logs, `${name}.log`);
  }

  /** Remembers what has to be undone at the end. */
  atStop(undo) {
    this.#undo.push(undo);
  }

  /**
   * Starts a part in a process of its own.
   *
   * @returns a function that kills it, as when its machine loses power; that is no failure
   */
  start({ name, argv, cwd, env }) {
    const logFile = this.logOf(name);
    const { exited, end, kill } = startNode({ argv, cwd, env, logFile });
    this.atStop(end);
    let killed = false;
    this.watch(
      name,
      exited.then(code => (killed ? new Promise(() => {}) : code)),
    );
    return async () => {
      killed = true;
      await kill();
    };
  }

  watch(name, exited) {
    const logFile = this.logOf(name);
    exited.then(code =>
      this.#fail(
        new Error(
          `The ${name} has ended (exit code ${code}). The end of ${logFile}:\n${lastLines(
            logFile,
          )}`,
        ),
      ),
    );
  }

  /** Runs a wait until it is over, a part has ended, or the start is given up. */
  whileAllRun(wait) {
    const died = new AbortController();
    this.failed.then(reason => died.abort(reason));
    return wait(AbortSignal.any([this.#signal, died.signal]));
  }

  async stop() {
    for (const undo of this.#undo.splice(0).reverse()) {
      await undo();
    }
  }
}
