import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { FakeEffect, FakeThing } from '@backstage-jit/plugin-jit-test-utils';
import { Server } from 'node:http';
import { profile } from '../backendConfig';
import { emailOf, PEOPLE, STANDING } from '../crew';
import { Door } from './Door';
import { Outside, OutsideLook } from './Outside';
import { addressOf, serveAnswers, stopServer } from './serveAnswers';

const GROUP = 'orders-writers';
const CEILING = { groups: [GROUP] };

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
    const front = new OktaFront();
    const server = await serveAnswers((path, init) =>
      front.fetch(`${peer.org.url}${path}`, init),
    );
    return new OutsideOkta({ door, peer, front, server, groupId, people });
  }

  readonly standing = [membership(STANDING)];
  readonly #members = new Set([STANDING]);
  #effects: FakeEffect[] = [];

  private constructor(
    private readonly parts: {
      door: Door;
      peer: OktaPeer;
      front: OktaFront;
      server: Server;
      groupId: string;
      /** By their ids there. */
      people: Map<string, string>;
    },
  ) {
    const { door, front } = parts;
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
  }

  get config() {
    return {
      connections: {
        okta: {
          type: 'okta',
          orgUrl: addressOf(this.parts.server),
          token: this.parts.peer.org.token,
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
    const { peer, groupId } = this.parts;
    const emails = await peer.org.members(groupId);
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
    await stopServer(this.parts.server);
    await this.parts.peer.stop();
  }

  /** What a request that Okta has heeded changed, if it did. */
  #note(method: string, path: string): void {
    const [, user = ''] =
      /^\/api\/v1\/groups\/\w+\/users\/(\w+)$/.exec(path) ?? [];
    const person = this.parts.people.get(user);
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
