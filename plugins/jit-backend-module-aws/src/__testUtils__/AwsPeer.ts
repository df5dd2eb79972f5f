import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The AWS emulator, in a process of its own. */
export class AwsPeer {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<AwsPeer> {
    const child = spawn(
      process.execPath,
      [resolve(__dirname, 'aws-emulators.mjs')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const [url] = await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error('The AWS emulator did not start');
      }),
    ]);
    return new AwsPeer(url, child);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.stdin!.end();
    await exited;
  }
}
