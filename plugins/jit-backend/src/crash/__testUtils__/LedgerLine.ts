import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** The line between the processes and their ledger: bytes go through as they are, until it is cut. */
export class LedgerLine {
  static async open(to: { host: string; port: number }): Promise<LedgerLine> {
    const line = new LedgerLine(to);
    await new Promise<void>((resolve, reject) => {
      line.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return line;
  }

  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #isCut = false;
  #starts = 0;

  private constructor(to: { host: string; port: number }) {
    this.#server = createServer(near => {
      if (this.#isCut) {
        near.resetAndDestroy();
        return;
      }
      const far = connect(to);
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Every session breaks, with what it had sent on its way or not, and there is no new one until it is mended. */
  cut(): void {
    this.#isCut = this.#starts === 0;
    if (!this.#isCut) {
      return;
    }
    for (const socket of this.#open) {
      socket.resetAndDestroy();
    }
  }

  mend(): void {
    this.#isCut = false;
  }

  /** Is whole meanwhile: a backend that finds no database when it starts does not start, whatever plugins it has. */
  async whole<T>(start: () => Promise<T>): Promise<T> {
    this.#starts += 1;
    this.mend();
    try {
      return await start();
    } finally {
      this.#starts -= 1;
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #join(from: Socket, to: Socket): void {
    this.#open.add(from);
    from.pipe(to);
    from.on('error', () => {});
    from.on('close', () => {
      this.#open.delete(from);
      to.destroy();
    });
  }
}
