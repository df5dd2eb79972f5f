import { RequestListener } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** A service that answers over HTTPS as a test says, and remembers what it was asked. */
export class TicketService {
  static async start(): Promise<TicketService> {
    const { private: key, cert } = generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        keySize: 2048,
        algorithm: 'sha256',
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [{ type: 2, value: 'localhost' }],
          },
        ],
      },
    );
    const service = new TicketService(cert, createServer({ key, cert }));
    await new Promise<void>(resolve => {
      service.server.listen(0, '127.0.0.1', resolve);
    });
    return service;
  }

  /** The paths that were asked for, as they came. */
  asked: string[] = [];
  authorization?: string;
  /** Replaced by tests. */
  answer: RequestListener = (_req, res) => res.end('{}');

  private constructor(readonly ca: string, private readonly server: Server) {
    server.on('request', (req, res) => {
      this.asked.push(req.url!);
      this.authorization = req.headers.authorization;
      this.answer(req, res);
    });
  }

  get origin(): string {
    const { port } = this.server.address() as AddressInfo;
    return `https://localhost:${port}`;
  }

  /** Everything under it answers so. */
  answers(body: string, status: number = 200): void {
    this.answer = (_req, res) => res.writeHead(status).end(body);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
