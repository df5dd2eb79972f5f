import {
  LOOK_FOR_PAGE,
  PAGE_TEMPLATES,
  REMOVE_PAGE,
  ScaffolderPeer,
  TEMPLATES_LOCATION,
} from '@backstage-jit/plugin-jit-test-peers';
import { FakeEffect, FakeThing } from '@backstage-jit/plugin-jit-test-utils';
import { Server } from 'node:http';
import { LeaseRecord } from '../../../leases/records';
import { profile } from '../backendConfig';
import { PlannedLease } from '../planBatch';
import { Door } from './Door';
import { Outside, OutsideLook } from './Outside';
import { addressOf, serveAnswers, stopServer } from './serveAnswers';

const PROVIDER = 'scaffolder.template';
const PROFILE = 'page';

/** Nobody leases that one. */
const STANDING_PAGE = 'handbook';

/** A page of such a name stays when it is to be taken away for the first time. */
const STUBBORN = /-stubborn$/;

/** In the words of the fake world: a page is there. */
function page(name: string): FakeThing {
  return { key: keyOfPage(name), role: 'page', subject: name };
}

/** What stands for a page in effects, and among the parts of a lease. */
export function keyOfPage(name: string): string {
  return JSON.stringify(['scaffolder', name]);
}

/** What a lease takes away. */
export function pageOf({
  parameters,
}: Pick<LeaseRecord, 'parameters'>): string {
  return (parameters.values as { name: string }).name;
}

/** A scaffolder in a process of its own, and a site: pages that were made before they were leased, and templates that take them away. */
export class OutsideScaffolder implements Outside {
  static async open(door: Door): Promise<OutsideScaffolder> {
    const peer = await ScaffolderPeer.start();
    peer.pages.names.add(STANDING_PAGE);
    const server = await serveAnswers((path, init) =>
      door.pass(() => fetch(`${peer.url}${path}`, init), {
        unavailable: () => new Response(undefined, { status: 503 }),
        tooMany: async ({ retryAfterMs }) =>
          new Response(undefined, {
            status: 429,
            headers: { 'retry-after': `${retryAfterMs / 1_000}` },
          }),
      }),
    );
    return new OutsideScaffolder(peer, server);
  }

  readonly standing = [page(STANDING_PAGE)];
  readonly #made = new Set<string>();
  /** Those that were to be taken away. */
  readonly #asked = new Set<string>();
  #effects: FakeEffect[] = [];

  private constructor(
    private readonly peer: ScaffolderPeer,
    private readonly server: Server,
  ) {
    peer.pages.onRemoval = name => {
      const isRemoved = this.#asked.has(name) || !STUBBORN.test(name);
      this.#asked.add(name);
      if (isRemoved && peer.pages.names.has(name)) {
        this.#note(name, 'removed');
      }
      return isRemoved;
    };
  }

  get config() {
    return {
      scaffolder: {
        url: addressOf(this.server),
        templates: PAGE_TEMPLATES,
      },
      connections: {
        scaffolder: {
          type: 'scaffolder',
          ceiling: {
            templates: [REMOVE_PAGE, LOOK_FOR_PAGE],
            trustedLocations: [TEMPLATES_LOCATION],
          },
        },
      },
      profiles: [
        profile(PROFILE, {
          provider: PROVIDER,
          connection: 'scaffolder',
          parameters: {
            teardown: REMOVE_PAGE,
            values: {
              name: {
                value: '${{ parameters.name }}',
                allow: { pattern: '[a-z0-9-]+' },
              },
            },
            verify: { template: LOOK_FOR_PAGE },
          },
        }),
      ],
      bundles: [],
    };
  }

  async renew(): Promise<void> {
    this.#made.clear();
    this.#asked.clear();
    this.#effects = [];
    await this.peer.forget();
  }

  /** As an earlier step of a template would make it; once. */
  prepare({ profileId, parameters }: PlannedLease): void {
    const name = `${parameters?.name}`;
    if (profileId === PROFILE && !this.#made.has(name)) {
      this.#made.add(name);
      this.peer.pages.names.add(name);
      this.#note(name, 'made');
    }
  }

  /** A page lets nobody in. */
  async use(): Promise<boolean> {
    return false;
  }

  async look(): Promise<OutsideLook> {
    return {
      things: [...this.peer.pages.names].map(page),
      sessions: [],
      effects: this.#effects,
    };
  }

  async checkOnce(): Promise<string[]> {
    return [];
  }

  /** A run of a template that was started twice. */
  async checkAtRest(
    _leases: LeaseRecord[],
    { late }: { late: boolean },
  ): Promise<string[]> {
    const runs = (await this.peer.started()).map(values =>
      JSON.stringify(values),
    );
    return [...new Set(runs)].flatMap(run => {
      const times = runs.filter(each => each === run).length;
      return times > 1 + Number(late)
        ? [`A task was started ${times} times with ${run}`]
        : [];
    });
  }

  async close(): Promise<void> {
    await stopServer(this.server);
    await this.peer.stop();
  }

  #note(name: string, effect: FakeEffect['effect']): void {
    this.#effects.push({
      at: Date.now(),
      system: 'scaffolder',
      key: keyOfPage(name),
      effect,
    });
  }
}
