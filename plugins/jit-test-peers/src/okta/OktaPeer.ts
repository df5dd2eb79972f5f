import { PeerProcess } from '../PeerProcess';
import { OktaOrg } from './OktaOrg';

/** Two orgs of the Okta emulator in a process of their own. */
export class OktaPeer {
  private constructor(
    readonly org: OktaOrg,
    readonly other: OktaOrg,
    private readonly process: PeerProcess,
  ) {}

  static async start(): Promise<OktaPeer> {
    const emulator = await PeerProcess.start('okta');
    const [org, other] = JSON.parse(emulator.address).map(
      ({ url, token }: { url: string; token: string }) =>
        new OktaOrg(url, token),
    );
    return new OktaPeer(org, other, emulator);
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}
