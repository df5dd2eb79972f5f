import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { askScaffolder } from './askScaffolder';
import { CallOptions, Scaffolder, Task, TaskEnd, Template } from './Scaffolder';
import { readTaskEnd } from './readTaskEnd';
import { readTemplate } from './readTemplate';
import { unlessAborted } from './unlessAborted';

const PAGE = 100;

const taskSchema = z
  .object({
    id: z.string(),
    status: z.string(),
    createdBy: z.string().nullish(),
    createdAt: z.string(),
    spec: z.object({
      parameters: z.record(z.string(), z.json()).nullish(),
      templateInfo: z.object({ entityRef: z.string() }).nullish(),
    }),
  })
  .transform(
    ({ id, status, createdBy, createdAt, spec }): Task => ({
      id,
      status,
      createdAt,
      createdBy: createdBy ?? undefined,
      templateRef: spec.templateInfo?.entityRef,
      values: (spec.parameters ?? {}) as JsonObject,
    }),
  );

/** The scaffolder over its REST API, wherever it runs. */
export class HttpScaffolder implements Scaffolder {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #discovery: DiscoveryService;
  readonly #fetch: typeof fetch;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    discovery: DiscoveryService;
    fetch?: typeof fetch;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#discovery = options.discovery;
    this.#fetch = options.fetch ?? fetch;
  }

  async getTemplate(
    ref: string,
    options: CallOptions,
  ): Promise<Template | undefined> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    options.signal.throwIfAborted();
    const look = this.#catalog
      .getEntityByRef(ref, { credentials })
      .catch(error => {
        throw JitProviderError.connection(
          'The catalog does not answer.',
          error,
        );
      });
    const entity = await unlessAborted(look, options.signal);
    return entity && readTemplate(entity);
  }

  async startTask(
    request: { templateRef: string; values: JsonObject },
    options: CallOptions,
  ): Promise<string> {
    const { templateRef } = request;
    const { status, body } = await this.#ask('/v2/tasks', options, request);
    if (status === 404) {
      throw JitProviderError.misconfigured(
        `There is no template ${templateRef} in the catalog: put it back.`,
      );
    }
    if (status === 400) {
      throw JitProviderError.misconfigured(
        `Template ${templateRef} does not take these values any more: mend its parameters.`,
      );
    }
    return z.object({ id: z.string() }).parse(body).id;
  }

  async getTask(id: string, options: CallOptions): Promise<Task | undefined> {
    const path = `/v2/tasks/${encodeURIComponent(id)}`;
    const { status, body } = await this.#ask(path, options);
    return status === 404 ? undefined : taskSchema.parse(body);
  }

  async getTaskEnd(id: string, options: CallOptions): Promise<TaskEnd> {
    const path = `/v2/tasks/${encodeURIComponent(id)}/events`;
    const { body } = await this.#ask(path, options);
    return readTaskEnd(body);
  }

  async *listTasks(options: CallOptions): AsyncIterable<Task> {
    const order = encodeURIComponent('desc:created_at');
    for (let offset = 0; ; offset += PAGE) {
      const path = `/v2/tasks?order=${order}&limit=${PAGE}&offset=${offset}`;
      const { body } = await this.#ask(path, options);
      const { tasks } = z.object({ tasks: z.array(taskSchema) }).parse(body);
      yield* tasks;
      if (tasks.length < PAGE) {
        return;
      }
    }
  }

  async #ask(path: string, options: CallOptions, body?: object) {
    const [{ token }, baseUrl] = await Promise.all([
      this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: 'scaffolder',
      }),
      this.#discovery.getBaseUrl('scaffolder'),
    ]);
    return await askScaffolder({
      send: this.#fetch,
      url: `${baseUrl}${path}`,
      token,
      body,
      ...options,
    });
  }
}
