import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';

/** What the steps of the tests make: pages, and whether a step that may fail does. */
export class Pages {
  readonly names = new Set<string>();
  /** As who each page was removed. */
  readonly removedAs: unknown[] = [];
  failing = false;
}

/** Actions that stand for an organisation's own. */
export function createPagesModule(pages: Pages) {
  const input = { name: (z: typeof import('zod/v3').z) => z.string() };
  return createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'test-pages',
    register(registration) {
      registration.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            createTemplateAction({
              id: 'test:page:make',
              schema: { input },
              async handler(ctx) {
                pages.names.add(ctx.input.name);
              },
            }),
            createTemplateAction({
              id: 'test:page:remove',
              schema: { input },
              async handler(ctx) {
                pages.names.delete(ctx.input.name);
                const { principal } = await ctx.getInitiatorCredentials();
                pages.removedAs.push({ principal, user: ctx.user?.ref });
              },
            }),
            createTemplateAction({
              id: 'test:page:look',
              schema: { input, output: { gone: z => z.boolean() } },
              async handler(ctx) {
                ctx.output('gone', !pages.names.has(ctx.input.name));
              },
            }),
            createTemplateAction({
              id: 'test:may-fail',
              async handler() {
                if (pages.failing) {
                  throw new Error('It failed with the password hunter2');
                }
              },
            }),
          );
        },
      });
    },
  });
}
