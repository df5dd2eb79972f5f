import { SchedulerService } from '@backstage/backend-plugin-api';
import {
  IssuedCredentials,
  JitClient,
  Lease,
} from '@backstage-jit/plugin-jit-common';
import { HumanDuration } from '@backstage/types';
import { setTimeout as sleep } from 'node:timers/promises';

/** The backend shares this process: who asks it without a pause keeps it from its work. */
const LOOK_EVERY_MS = 25;

/**
 * A real backend with a provider, used over HTTP by the people of {@link createLifeEntities}, each called by their name.
 *
 * @public
 */
export class ProviderLife {
  readonly #client: JitClient;

  private constructor(
    private readonly options: {
      baseUrl: string;
      scheduler: SchedulerService;
      tokenOf: (userEntityRef: string) => string;
    },
  ) {
    this.#client = new JitClient({
      discoveryApi: {
        getBaseUrl: async () => `${options.baseUrl}/api/jit`,
      },
    });
  }

  static over(options: {
    /** Of the backend, without a path. */
    baseUrl: string;
    /** Of the plugin: what {@link createLifeModule} hands out. */
    scheduler: SchedulerService;
    tokenOf: (userEntityRef: string) => string;
  }): ProviderLife {
    return new ProviderLife(options);
  }

  /** @returns the lease's id */
  async ask(
    name: string,
    profileId: string,
    duration?: HumanDuration,
  ): Promise<string> {
    const { leases } = await this.#client.createRequest(
      { leases: [{ profileId, ...(duration && { duration }) }] },
      this.#as(name),
    );
    return leases[0].id;
  }

  async preview(name: string, profileId: string) {
    const { leases } = await this.#client.previewRequest(
      { leases: [{ profileId }] },
      this.#as(name),
    );
    return leases[0];
  }

  async credentials(name: string, id: string): Promise<IssuedCredentials> {
    const { credentials } = await this.#client.issueCredentials(
      id,
      this.#as(name),
    );
    return credentials;
  }

  async extend(name: string, id: string, by: HumanDuration): Promise<void> {
    await this.#client.extendLease(id, { duration: by }, this.#as(name));
  }

  async end(name: string, id: string): Promise<void> {
    await this.#client.endLease(id, { why: 'Done' }, this.#as(name));
  }

  /** What the API shows is all that anybody outside can wait for. */
  async until(
    name: string,
    id: string,
    holds: Lease['state'] | ((lease: Lease) => boolean),
    /** Done before each look. */
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<Lease> {
    for (;;) {
      await meanwhile();
      const { lease } = await this.#client.getLease(id, this.#as(name));
      if (typeof holds === 'string' ? lease.state === holds : holds(lease)) {
        return lease;
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  async eventsOf(name: string, id: string) {
    const { items } = await this.#client.listLeaseEvents(id, this.#as(name));
    return items;
  }

  /** The only connection as operators see it. */
  async connection() {
    const { items, now } = await this.#client.listConnections(
      this.#as('operator'),
    );
    return { ...items[0], now };
  }

  /** One pass that compares the ledger with what is outside. */
  async reconcile(): Promise<void> {
    await this.options.scheduler.triggerTask('jit-reconcile');
  }

  /** One pass that removes what had to stay outside for a while. */
  async tidy(): Promise<void> {
    await this.options.scheduler.triggerTask('jit-tidy');
  }

  #as(name: string) {
    return { token: this.options.tokenOf(`user:default/${name}`) };
  }
}
