import { EmulatorProcess } from '../EmulatorProcess';

/** The AWS emulator, in a process of its own. */
export class AwsPeer {
  private constructor(private readonly emulator: EmulatorProcess) {}

  static async start(): Promise<AwsPeer> {
    return new AwsPeer(await EmulatorProcess.start('aws'));
  }

  get url(): string {
    return this.emulator.address;
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
  }
}
