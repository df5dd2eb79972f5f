import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import {
  AwsFront,
  AwsPeer,
  keysOf,
  refusal,
} from '@backstage-jit/plugin-jit-test-peers';
import { profile } from '../backendConfig';
import { Door } from './Door';
import { Outside, OutsideLook } from './Outside';

const ROLE = 'invoices-reader';
/** The emulator takes any. */
const KEYS = {
  accessKeyId: 'AKIAONLYFORTESTS',
  secretAccessKey: 'wJalrXUtnFEMI-only-for-tests',
};

/** An AWS account in a process of its own, with a role that keys are leased of. */
export class OutsideAws implements Outside {
  static async open(door: Door): Promise<OutsideAws> {
    const peer = await AwsPeer.start();
    const front = await AwsFront.start({ upstream: () => peer.url });
    front.intercept = (_params, forward) =>
      door.pass(forward, {
        unavailable: () => refusal(503, 'ServiceUnavailable'),
        async tooMany(wait) {
          front.tooMany = wait;
          const answer = forward();
          front.tooMany = undefined;
          return await answer;
        },
      });
    return new OutsideAws(peer, front);
  }

  readonly standing = [];

  private constructor(
    private readonly peer: AwsPeer,
    private readonly front: AwsFront,
  ) {}

  get config() {
    const role = this.front.roleArn(ROLE);
    return {
      aws: { accounts: [{ accountId: this.front.accountId, ...KEYS }] },
      connections: {
        aws: {
          type: 'aws',
          ...this.front.connection,
          ceiling: { roles: [role] },
        },
      },
      profiles: [
        profile('keys', {
          provider: 'aws.sts',
          connection: 'aws',
          parameters: { role },
        }),
      ],
      bundles: [],
    };
  }

  async renew(): Promise<void> {
    this.front.sessions.clear();
    this.front.policies.clear();
    this.front.sent.length = 0;
  }

  async use(lease: Lease, credentials: IssuedCredentials): Promise<boolean> {
    return (
      lease.provider === 'aws.sts' &&
      (await this.#may(keysOf(credentials).AccessKeyId))
    );
  }

  /** A session is alive while IAM would let it do something. */
  async look(): Promise<OutsideLook> {
    const sessions = [];
    for (const [id, { name }] of this.front.sessions) {
      if (await this.#may(id)) {
        sessions.push({ id, key: name });
      }
    }
    return { things: [], sessions, effects: [] };
  }

  async checkOnce(): Promise<string[]> {
    return [];
  }

  async checkAtRest(): Promise<string[]> {
    return [];
  }

  async close(): Promise<void> {
    await this.front.stop();
    await this.peer.stop();
  }

  async #may(key: string): Promise<boolean> {
    const { sessions, policies } = this.front;
    return Boolean(
      await sessions
        .get(key)
        ?.may({ inline: policies.of(ROLE), at: Date.now() }),
    );
  }
}
