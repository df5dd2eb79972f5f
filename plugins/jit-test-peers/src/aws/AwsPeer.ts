import { PeerProcess } from '../PeerProcess';

/** The AWS emulator, in a process of its own. */
export class AwsPeer {
  private constructor(private readonly process: PeerProcess) {}

  static async start(): Promise<AwsPeer> {
    return new AwsPeer(await PeerProcess.start('aws'));
  }

  get url(): string {
    return this.process.address;
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}
