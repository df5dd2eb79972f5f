import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeerProcess } from '../PeerProcess';
import { Pages } from './Pages';
import { PAGE_TEMPLATES } from './pageTemplates';

/** A real scaffolder in a process of its own, with the templates for pages. */
export class ScaffolderPeer {
  private constructor(
    readonly pages: Pages,
    readonly auth: AuthService,
    /** What the jit backend shows it. */
    readonly token: string,
    private readonly process: PeerProcess,
  ) {}

  static async start(): Promise<ScaffolderPeer> {
    const pages = await Pages.open();
    const auth = mockServices.auth({ pluginId: 'jit' });
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const process = await PeerProcess.start(
      'scaffolder',
      pages.url,
      JSON.stringify(PAGE_TEMPLATES),
    );
    return new ScaffolderPeer(pages, auth, token, process);
  }

  /** The same templates as the scaffolder's. */
  readonly catalog: CatalogService = catalogServiceMock({
    entities: PAGE_TEMPLATES,
  });

  readonly discovery: DiscoveryService = {
    getBaseUrl: async id => `${this.url}/api/${id}`,
    getExternalBaseUrl: async id => `${this.url}/api/${id}`,
  };

  get url(): string {
    return this.process.address;
  }

  /** Waits until no task runs. */
  async idle(): Promise<void> {
    for (;;) {
      const response = await this.#tasks(
        '?status=open&status=processing&limit=1',
      );
      const { tasks } = await response.json();
      if (!tasks.length) {
        return;
      }
      await sleep(20);
    }
  }

  /** What the tasks were started with that it has not forgotten. */
  async started(): Promise<JsonObject[]> {
    const { tasks } = await (await this.#tasks('')).json();
    return tasks.map(
      ({ spec }: { spec: { parameters: JsonObject } }) => spec.parameters,
    );
  }

  /** Has it forget all tasks but those that run. */
  async forget(): Promise<void> {
    await this.#tasks('', { method: 'DELETE' });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await this.pages.close();
  }

  async #tasks(query: string, init?: RequestInit): Promise<Response> {
    const url = `${this.url}/api/scaffolder/v2/tasks${query}`;
    const response = await fetch(url, {
      ...init,
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (!response.ok) {
      throw new Error(`The scaffolder answered ${response.status}`);
    }
    return response;
  }
}
