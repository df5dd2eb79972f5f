import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** An emulator, or the real system, in a process of its own: emulators are ES modules, which Jest cannot load. */
export class PeerProcess {
  private constructor(
    /** The first line that it wrote: where it is. */
    readonly address: string,
    private readonly process: ChildProcess,
  ) {}

  /** Its script writes one line once it listens, and ends when its input is closed. */
  static async start(
    service: 'aws' | 'okta' | 'scaffolder',
    ...args: string[]
  ): Promise<PeerProcess> {
    const script = resolvePackagePath(
      '@backstage-jit/plugin-jit-test-peers',
      `processes/${service}.mjs`,
    );
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [address] = await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error(`${script} did not start`);
      }),
    ]);
    return new PeerProcess(address, child);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.stdin!.end();
    await exited;
  }
}
