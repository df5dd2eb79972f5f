import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OktaOrg } from './OktaOrg';

/** Two orgs of the Okta emulator in a process of their own. */
export class OktaPeer {
  private constructor(
    readonly org: OktaOrg,
    readonly other: OktaOrg,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<OktaPeer> {
    const child = spawn(
      process.execPath,
      [resolve(__dirname, 'okta-emulators.mjs')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error('The Okta emulator did not start');
      }),
    ]);
    const [org, other] = JSON.parse(line).map(
      ({ url, token }: { url: string; token: string }) =>
        new OktaOrg(url, token),
    );
    return new OktaPeer(org, other, child);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.stdin!.end();
    await exited;
  }
}
