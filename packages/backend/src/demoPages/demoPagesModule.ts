import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { DemoPages } from './DemoPages';

/** Scaffolder actions that make, remove and look for pages of the demonstration: files under `demo.pages.directory`. */
export const demoPagesModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'demo-pages',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ actions, config }) {
        const pages = new DemoPages(config.getString('demo.pages.directory'));
        actions.addActions(
          createTemplateAction({
            id: 'demo:page:publish',
            description: 'Publishes a page of the demonstration.',
            schema: {
              input: { name: z => z.string(), text: z => z.string() },
            },
            async handler({ input, logger }) {
              await pages.publish(input.name, input.text);
              logger.info(`Page ${input.name} is there`);
            },
          }),
          createTemplateAction({
            id: 'demo:page:remove',
            description: 'Removes a page of the demonstration.',
            schema: { input: { name: z => z.string() } },
            async handler({ input, logger }) {
              await pages.remove(input.name);
              logger.info(`Page ${input.name} is removed`);
            },
          }),
          createTemplateAction({
            id: 'demo:page:look',
            description: 'Looks whether a page of the demonstration is gone.',
            schema: {
              input: { name: z => z.string() },
              output: { gone: z => z.boolean() },
            },
            async handler(ctx) {
              ctx.output('gone', await pages.isGone(ctx.input.name));
            },
          }),
        );
      },
    });
  },
});
