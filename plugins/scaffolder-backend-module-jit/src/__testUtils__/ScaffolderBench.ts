import {
  createServiceFactory,
  SchedulerService,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ANNOTATION_ORIGIN_LOCATION, Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- both backends run beside each other here
import jitPlugin from '@backstage-jit/plugin-jit-backend';
import jitModuleScaffolder from '@backstage-jit/plugin-jit-backend-module-scaffolder';
import { JitClient, Lease } from '@backstage-jit/plugin-jit-common';
import {
  createFakeProviderModule,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { scaffolderModuleJit } from '../module';
import { authWithActors } from './authWithActors';
import { createPagesModule, Pages } from './pagesModule';
import { BENCH_CONFIG, PEOPLE_AND_THINGS } from './benchConfig';

/** The mock has its factory too, as its own type does not say. */
type MockScheduler = SchedulerService & { factory(): ServiceFactory };

/** How a task ended. */
export interface FinishedTask {
  id: string;
  status: string;
  /** The lines of its log, without those of the scaffolder itself. */
  log: string[];
  output: JsonObject;
  error?: string;
}

export const ADA = 'user:default/ada';

/** A real scaffolder and a real jit backend beside each other, over a fake outside world. */
export class ScaffolderBench {
  private constructor(
    readonly world: FakeWorld,
    readonly pages: Pages,
    readonly jit: JitClient,
    private readonly url: string,
    private readonly entities: Entity[],
    private readonly scheduler: MockScheduler,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<ScaffolderBench> {
    const world = new FakeWorld();
    const pages = new Pages();
    const entities = [...PEOPLE_AND_THINGS];
    const catalog = createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => freshCatalog(entities),
    });
    const scheduler = mockServices.scheduler() as MockScheduler;
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleJit,
        jitPlugin,
        jitModuleScaffolder,
        createFakeProviderModule({ outside: world }),
        createPagesModule(pages),
        catalog,
        scheduler.factory(),
        authWithActors,
        httpAuthServiceFactory,
        mockServices.rootConfig.factory({ data: BENCH_CONFIG }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/api`;
    const jit = new JitClient({
      discoveryApi: { getBaseUrl: async id => `${url}/${id}` },
    });
    return new ScaffolderBench(
      world,
      pages,
      jit,
      url,
      entities,
      scheduler,
      () => backend.stop(),
    );
  }

  token(person = ADA): string {
    return mockCredentials.user.token(person);
  }

  /** Has a template in the catalog; one of the same name is replaced. */
  putTemplate(
    name: string,
    spec: JsonObject,
    options: { location?: string } = {},
  ): string {
    const { location = `file:/catalog/templates/${name}.yaml` } = options;
    this.removeTemplate(name);
    this.entities.push({
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: {
        name,
        namespace: 'default',
        annotations: { [ANNOTATION_ORIGIN_LOCATION]: location },
      },
      spec: { type: 'test', owner: 'group:default/orders', ...spec },
    });
    return `template:default/${name}`;
  }

  removeTemplate(name: string): void {
    const at = this.entities.findIndex(
      each => each.kind === 'Template' && each.metadata.name === name,
    );
    if (at >= 0) {
      this.entities.splice(at, 1);
    }
  }

  /** Starts a task, as a person presses the button. */
  async begin(
    template: JsonObject,
    options: { values?: JsonObject; person?: string } = {},
  ): Promise<string> {
    const { person, values = {} } = options;
    const templateRef = this.putTemplate('under-test', template);
    const { id } = await this.scaffolder('POST', '/v2/tasks', {
      person,
      body: { templateRef, values },
    });
    return String(id);
  }

  async run(
    template: JsonObject,
    options: { values?: JsonObject; person?: string } = {},
  ): Promise<FinishedTask> {
    return await this.finished(await this.begin(template, options));
  }

  /** Waits until a task is over: what its events say is all that there is to wait for. */
  async finished(id: string): Promise<FinishedTask> {
    for (;;) {
      await this.#tick();
      const events = (await this.scaffolder(
        'GET',
        `/v2/tasks/${id}/events`,
      )) as unknown as Array<{ type: string; body: JsonObject }>;
      const end = events.find(({ type }) => type === 'completion');
      if (end) {
        const { status } = await this.scaffolder('GET', `/v2/tasks/${id}`);
        const { output, error } = end.body as {
          output?: JsonObject;
          error?: { message: string };
        };
        return {
          id,
          status: String(status),
          log: events.map(({ body }) => plain(String(body.message))),
          output: output ?? {},
          error: error?.message,
        };
      }
      await sleep(50);
    }
  }

  async scaffolder(
    method: string,
    path: string,
    options: { body?: JsonObject; person?: string } = {},
  ): Promise<JsonObject> {
    const response = await fetch(`${this.url}/scaffolder${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token(options.person)}`,
        'content-type': 'application/json',
      },
      body: options.body && JSON.stringify(options.body),
    });
    const body = await response.json();
    if (!response.ok) {
      throw new Error(`${response.status} ${JSON.stringify(body)}`);
    }
    return body;
  }

  /** What the scheduler does every 10 seconds. */
  async lookAtTasks(): Promise<void> {
    await this.scheduler.triggerTask('jit-origins');
  }

  /** The leases that the steps of a task asked for, the oldest first. */
  async leasesOf(taskId: string): Promise<Lease[]> {
    const token = this.token('user:default/pat');
    const { items } = await this.jit.listLeases({ limit: 200 }, { token });
    return items.filter(({ origin }) => origin?.id === taskId).reverse();
  }

  /** Waits until the leases of a task are as they shall be. */
  async until(
    taskId: string,
    fits: (leases: Lease[]) => boolean,
  ): Promise<Lease[]> {
    for (;;) {
      await this.#tick();
      const leases = await this.leasesOf(taskId);
      if (fits(leases)) {
        return leases;
      }
      await sleep(50);
    }
  }

  /** The mock of the scheduler runs nothing by itself. */
  async #tick(): Promise<void> {
    await this.scheduler.triggerTask('jit-engine');
  }

  /** Waits until nothing that a task made is left. */
  async untilGone(taskId: string): Promise<Lease[]> {
    return await this.until(taskId, leases =>
      leases.every(({ state }) => state === 'revoked'),
    );
  }
}

/** The mock of the catalog, which knows only what there was when it was made, made anew for each call. */
function freshCatalog(entities: Entity[]): CatalogService {
  return new Proxy(catalogServiceMock(), {
    get(_, name) {
      const catalog = catalogServiceMock({ entities: [...entities] });
      const member = Reflect.get(catalog, name);
      return typeof member === 'function' ? member.bind(catalog) : member;
    },
  });
}

/** Without the colours of the log. */
function plain(line: string): string {
  return stripVTControlCharacters(line).replace(/^(info|warn): /, '');
}
