import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { FakeEffect, FakeThing } from '@backstage-jit/plugin-jit-test-utils';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { profile } from '../backendConfig';
import { emailOf, PEOPLE, STANDING } from '../crew';
import { Door } from './Door';
import { Outside, OutsideLook } from './Outside';

const GROUP = 'orders-writers';
const CEILING = { groups: [GROUP] };

/** Those are of the way that an answer went, not of the answer. */
const OF_THE_WAY = /^(connection|content-(encoding|length)|transfer-encoding)$/;

function told(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => !OF_THE_WAY.test(name)),
  );
}

/** In the words of the fake world: somebody is in the group. */
function membership(subject: string): FakeThing {
  return { key: keyOfMembership(subject), role: GROUP, subject };
}

/** What stands for a membership in effects, and among the parts of a lease. */
export function keyOfMembership(subject: string): string {
  return JSON.stringify(['okta', GROUP, subject]);
}

/** An Okta org in a process of its own, in which everybody has an account, and one is in the group for good. */
export class OutsideOkta implements Outside {
  static async open(door: Door): Promise<OutsideOkta> {
    const peer = await OktaPeer.start();
    const groupId = await peer.org.groupId(GROUP);
    const people = new Map<string, string>();
    for (const person of PEOPLE) {
      people.set(await peer.org.createUser(emailOf(person)), person);
      if (person === STANDING) {
        await peer.org.add(groupId, await peer.org.userId(emailOf(person)));
      }
    }
    const okta = new OutsideOkta(door, peer, groupId, people);
    await new Promise<void>(resolve => {
      okta.#server.listen(0, '127.0.0.1', resolve);
    });
    return okta;
  }

  readonly standing = [membership(STANDING)];
  readonly #front = new OktaFront();
  readonly #server: Server;
  readonly #members = new Set([STANDING]);
  #effects: FakeEffect[] = [];

  private constructor(
    door: Door,
    private readonly peer: OktaPeer,
    private readonly groupId: string,
    /** By their ids there. */
    private readonly people: Map<string, string>,
  ) {
    const front = this.#front;
    front.intercept = ({ method, url }, forward) =>
      door.pass(
        async () => {
          const answer = await forward();
          if (answer.ok) {
            this.#note(method, url.pathname);
          }
          return answer;
        },
        {
          unavailable: () => new Response(undefined, { status: 503 }),
          async tooMany(wait) {
            front.tooMany = wait;
            const answer = forward();
            front.tooMany = undefined;
            return await answer;
          },
        },
      );
    this.#server = createServer(async (request, response) => {
      const answer = await front.fetch(`${peer.org.url}${request.url}`, {
        method: request.method,
      });
      response.writeHead(answer.status, told(answer.headers));
      response.end(await answer.text());
    });
  }

  get config() {
    const { port } = this.#server.address() as AddressInfo;
    return {
      connections: {
        okta: {
          type: 'okta',
          orgUrl: `http://127.0.0.1:${port}`,
          token: this.peer.org.token,
          ceiling: CEILING,
        },
      },
      profiles: [
        profile('group', {
          provider: 'okta.group',
          connection: 'okta',
          parameters: { group: GROUP },
        }),
      ],
      bundles: [],
    };
  }

  async renew(): Promise<void> {
    this.#effects = [];
  }

  /** There is nothing to sign in with: who is in the group is in. */
  async use(): Promise<boolean> {
    return false;
  }

  async look(): Promise<OutsideLook> {
    const emails = await this.peer.org.members(this.groupId);
    return {
      things: PEOPLE.filter(person => emails.includes(emailOf(person))).map(
        membership,
      ),
      sessions: [],
      effects: this.#effects,
    };
  }

  async checkOnce(): Promise<string[]> {
    return [];
  }

  async checkAtRest(): Promise<string[]> {
    return [];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
    await this.peer.stop();
  }

  /** What a request that Okta has heeded changed, if it did. */
  #note(method: string, path: string): void {
    const [, user = ''] =
      /^\/api\/v1\/groups\/\w+\/users\/(\w+)$/.exec(path) ?? [];
    const person = this.people.get(user);
    if (!person || this.#members.has(person) === (method === 'PUT')) {
      return;
    }
    if (method === 'PUT') {
      this.#members.add(person);
    } else {
      this.#members.delete(person);
    }
    this.#effects.push({
      at: Date.now(),
      system: 'okta',
      key: keyOfMembership(person),
      effect: method === 'PUT' ? 'made' : 'removed',
    });
  }
}
