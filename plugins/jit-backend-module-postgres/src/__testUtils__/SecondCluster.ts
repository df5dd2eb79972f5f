import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A second real PostgreSQL, with an identity of its own. */
export class SecondCluster {
  private constructor(
    readonly port: number,
    /** Of the superuser `postgres`. */
    readonly password: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<SecondCluster> {
    const child = spawn(
      process.execPath,
      [resolve(__dirname, 'second-cluster.mjs')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error('The second PostgreSQL did not start');
      }),
    ]);
    const { port, password } = JSON.parse(line);
    return new SecondCluster(port, password, child);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.stdin!.end();
    await exited;
  }
}
