import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Another process that works on the database of a site. */
export class Replica {
  static start(options: {
    database: string;
    latencyMs: number;
    inFlight: number;
  }): Replica {
    const { database, latencyMs, inFlight } = options;
    return new Replica(
      fork(join(__dirname, 'replicaProcess.ts'), [
        database,
        String(latencyMs),
        String(inFlight),
      ]),
    );
  }

  private constructor(private readonly child: ChildProcess) {}

  /** Returns how often it removed something. */
  async stop(): Promise<number> {
    const told = new Promise<number>(resolve => {
      this.child.on('message', message => {
        // What loads the sources sends messages of its own.
        const { removals } = message as { removals?: number };
        if (removals !== undefined) {
          resolve(removals);
        }
      });
    });
    this.child.send('stop');
    return await told;
  }

  /** As when the machine goes down: nothing is finished, no claim is given back. */
  async kill(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
