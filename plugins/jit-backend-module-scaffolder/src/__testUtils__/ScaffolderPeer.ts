import {
  AuthService,
  createBackendModule,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ANNOTATION_ORIGIN_LOCATION, Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the real scaffolder runs beside the provider here
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const REMOVE_PAGE = 'template:default/remove-page';
/** Where it comes from. */
export const LOCATION = 'file:/catalog/templates/remove-page.yaml';

const removePage: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'remove-page',
    namespace: 'default',
    annotations: { [ANNOTATION_ORIGIN_LOCATION]: LOCATION },
  },
  spec: {
    type: 'test',
    parameters: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string', pattern: '^[a-z0-9-]+$' } },
    },
    steps: [
      {
        id: 'remove',
        action: 'test:page:remove',
        input: { name: '${{ parameters.name }}' },
      },
    ],
  },
};

/** A real scaffolder with a template that takes pages away. */
export class ScaffolderPeer {
  private constructor(
    /** The names of those that are there. */
    readonly pages: Set<string>,
    readonly catalog: CatalogService,
    readonly auth: AuthService,
    readonly discovery: DiscoveryService,
    /** What the provider shows the scaffolder. */
    readonly token: string,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<ScaffolderPeer> {
    const pages = new Set<string>();
    const entities = [removePage];
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        createPagesModule(pages),
        catalogServiceMock.factory({ entities }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    const auth = mockServices.auth({ pluginId: 'jit' });
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const url = (id: string) => `http://127.0.0.1:${port}/api/${id}`;
    return new ScaffolderPeer(
      pages,
      catalogServiceMock({ entities }),
      auth,
      {
        getBaseUrl: async id => url(id),
        getExternalBaseUrl: async id => url(id),
      },
      token,
      () => backend.stop(),
    );
  }

  /** Waits until no task runs. */
  async idle(): Promise<void> {
    const baseUrl = await this.discovery.getBaseUrl('scaffolder');
    const query = 'status=open&status=processing&limit=1';
    for (;;) {
      const response = await fetch(`${baseUrl}/v2/tasks?${query}`, {
        headers: { authorization: `Bearer ${this.token}` },
      });
      const { tasks } = await response.json();
      if (!tasks.length) {
        return;
      }
      await sleep(20);
    }
  }
}

function createPagesModule(pages: Set<string>) {
  return createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'test-pages',
    register(registration) {
      registration.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            createTemplateAction({
              id: 'test:page:remove',
              schema: { input: { name: z => z.string() } },
              async handler(ctx) {
                pages.delete(ctx.input.name);
              },
            }),
          );
        },
      });
    },
  });
}
