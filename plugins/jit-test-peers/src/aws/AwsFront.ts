import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ExchangeTap } from '@backstage-jit/plugin-jit-test-utils';
import { once } from 'node:events';
import { createServer, IncomingMessage, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { refusal, textOf, XmlAnswer } from './answers';
import { AwsSession } from './AwsSession';
import { RolePolicies } from './RolePolicies';

/** The only account that the emulator knows. */
const EMULATED_ACCOUNT = '123456789012';

const FREE_TO_ALL = ['GetCallerIdentity'];

interface Answer extends XmlAnswer {
  headers?: Record<string, string>;
}

/** Over a connection of its own: one that is kept may be closed by the peer at that moment. */
async function post(
  url: string,
  options: { authorization: string; body: string },
): Promise<XmlAnswer> {
  const sent = request(url, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: options.authorization,
    },
  });
  sent.end(options.body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode!, body: await bodyOf(answer) };
}

/** Jest's modules have another `Error` than Node's sockets, and the SDK drops the code of what is none to it. */
function ofThisRealm({ message, code }: Error & { code?: string }): never {
  throw Object.assign(new Error(message), { code });
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of message) {
    body += chunk;
  }
  return body;
}

/**
 * What stands between the provider and the peer: what the emulator lacks (role policies, a clock of its own, another account), a memory of the
 * sessions that were made, and AWS's failures.
 */
export class AwsFront {
  readonly tap = new ExchangeTap();
  readonly policies = new RolePolicies();
  /** By access key. */
  readonly sessions = new Map<string, AwsSession>();
  /** Nobody can be reached. */
  away = false;
  /** Nothing is allowed but to be told who one is. */
  forbidden = false;
  tooMany: { retryAfterMs: number } | undefined;
  /** By how much AWS's clock is ahead. */
  aheadMs = 0;
  /** Decides about each request before anything else, once it is set. */
  intercept:
    | ((
        params: URLSearchParams,
        forward: () => Promise<Answer>,
      ) => Promise<Answer> | undefined)
    | undefined;
  readonly sent: string[] = [];
  /** Those that the peer is known to have. */
  readonly #roles = new Set<string>();
  #stoppedAt: number | undefined;
  readonly #real = new NodeHttpHandler();
  #server!: Server;

  private constructor(
    private readonly upstream: () => string,
    readonly accountId: string,
    /** Whether the peer has role policies itself. */
    private readonly hasPolicies: boolean,
  ) {}

  static async start(options: {
    upstream: () => string;
    accountId?: string;
    hasPolicies?: boolean;
  }): Promise<AwsFront> {
    const front = new AwsFront(
      options.upstream,
      options.accountId ?? EMULATED_ACCOUNT,
      options.hasPolicies ?? false,
    );
    front.#server = createServer(async (asked, response) => {
      const body = await bodyOf(asked);
      const answer = await front.#answer(asked, body);
      response.writeHead(answer.status, {
        'content-type': 'text/xml',
        date: new Date(front.now + front.aheadMs).toUTCString(),
        ...answer.headers,
      });
      response.end(answer.body);
    });
    // Longer than any test: what is closed at the moment of a request would look like a failure.
    front.#server.keepAliveTimeout = 3_600_000;
    await new Promise<void>(resolve =>
      front.#server.listen(0, '127.0.0.1', resolve),
    );
    return front;
  }

  async stop(): Promise<void> {
    this.#real.destroy();
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** What the SDK sends by, so that its exchanges can be cut. */
  readonly handler: Pick<NodeHttpHandler, 'handle'> = {
    handle: (sent, options) => {
      // Nobody listens there.
      const target = this.away ? Object.assign(sent, { port: 2 }) : sent;
      const send = (...limits: [typeof options] | []) =>
        this.#real.handle(target, ...limits).catch(ofThisRealm);
      return this.tap.run(() => send(options), {
        signal: options?.abortSignal as AbortSignal | undefined,
        deliverLate: () => send(),
      });
    },
  };

  /** What a connection to it is configured with, besides its ceiling. */
  get connection() {
    return {
      accountId: this.accountId,
      region: 'eu-west-1',
      stsEndpoint: `${this.url}/sts/`,
      iamEndpoint: `${this.url}/iam/`,
    };
  }

  roleArn(name: string): string {
    return `arn:aws:iam::${this.accountId}:role/${name}`;
  }

  /** The time of this front's world, which goes on by itself until the clock is stopped. */
  get now(): number {
    return this.#stoppedAt ?? Date.now();
  }

  /** At a whole second. From then on only `aheadMs` moves it. */
  stopClock(): void {
    this.#stoppedAt = Math.floor(Date.now() / 1000) * 1000;
  }

  async reset(): Promise<void> {
    this.#stoppedAt = undefined;
    this.away = false;
    this.forbidden = false;
    this.tooMany = undefined;
    this.aheadMs = 0;
    this.intercept = undefined;
    this.sent.length = 0;
    this.sessions.clear();
    this.policies.clear();
    await this.tap.restore();
  }

  async #answer(asked: IncomingMessage, body: string): Promise<Answer> {
    const params = new URLSearchParams(body);
    const action = params.get('Action') ?? '';
    this.sent.push(action);
    const forward = () => this.#aws(asked, params, body);
    return await (this.intercept?.(params, forward) ?? forward());
  }

  async #aws(
    asked: IncomingMessage,
    params: URLSearchParams,
    body: string,
  ): Promise<Answer> {
    if (this.tooMany) {
      return {
        ...refusal(400, 'Throttling'),
        headers: { 'retry-after': `${this.tooMany.retryAfterMs / 1000}` },
      };
    }
    const action = params.get('Action') ?? '';
    if (this.forbidden && !FREE_TO_ALL.includes(action)) {
      return refusal(403, 'AccessDenied');
    }
    if (!this.hasPolicies && action.endsWith('RolePolicy')) {
      return await this.#ofPolicies(asked, params);
    }
    if (!this.hasPolicies && action === 'ListRolePolicies') {
      return await this.#ofPolicies(asked, params);
    }
    const answer = await this.#forward(asked, body);
    if (action === 'AssumeRole' && answer.status === 200) {
      const session = AwsSession.of(
        params,
        answer.body,
        this.now + this.aheadMs,
      );
      this.sessions.set(textOf(answer.body, 'AccessKeyId')!, session);
    }
    return answer;
  }

  async #ofPolicies(
    asked: IncomingMessage,
    params: URLSearchParams,
  ): Promise<Answer> {
    const role = new URLSearchParams({
      Action: 'GetRole',
      Version: '2010-05-08',
      RoleName: params.get('RoleName') ?? '',
    });
    const name = params.get('RoleName') ?? '';
    if (!this.#roles.has(name)) {
      const found = await this.#forward(asked, `${role}`);
      if (found.status !== 200) {
        return found;
      }
      this.#roles.add(name);
    }
    return this.policies.answer(params)!;
  }

  async #forward(asked: IncomingMessage, body: string): Promise<Answer> {
    // moto goes by the signature, whatever the path.
    const path = this.hasPolicies ? '/' : asked.url;
    const response = await post(`${this.upstream()}${path}`, {
      authorization: asked.headers.authorization ?? '',
      body: body.replaceAll(this.accountId, EMULATED_ACCOUNT),
    });
    return {
      status: response.status,
      body: response.body.replaceAll(EMULATED_ACCOUNT, this.accountId),
    };
  }
}
