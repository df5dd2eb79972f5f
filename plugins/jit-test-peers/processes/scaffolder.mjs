/*
 * A real scaffolder on this machine, with actions for the pages of a site. Its arguments are where that is, and the templates of its catalog.
 * Ends when its input is closed.
 */
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';

const [, , site, templates] = process.argv;
const input = { name: z => z.string() };

async function ask(method, { name }) {
  const { status } = await fetch(`${site}/${name}`, { method });
  if (status !== 204 && status !== 404) {
    throw new Error(`The site answered ${status}`);
  }
  return { isThere: status !== 404 };
}

const removePage = createTemplateAction({
  id: 'test:page:remove',
  schema: { input },
  async handler(ctx) {
    await ask('DELETE', ctx.input);
  },
});

const lookForPage = createTemplateAction({
  id: 'test:page:look',
  schema: { input, output: { gone: z => z.boolean() } },
  async handler(ctx) {
    const { isThere } = await ask('HEAD', ctx.input);
    ctx.output('gone', !isThere);
  },
});

const pages = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'test-pages',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        database: coreServices.database,
        http: coreServices.httpRouter,
      },
      async init({ actions, database, http }) {
        actions.addActions(removePage, lookForPage);
        // One in production keeps its tasks; in a long run, each list of them would be longer than the one before.
        http.use(async (req, res, next) => {
          if (req.method !== 'DELETE' || req.path !== '/v2/tasks') {
            next();
            return;
          }
          const knex = await database.getClient();
          await knex('tasks')
            .whereNotIn('status', ['open', 'processing'])
            .delete();
          res.status(204).end();
        });
      },
    });
  },
});

const backend = await startTestBackend({
  features: [
    import('@backstage/plugin-scaffolder-backend'),
    pages,
    catalogServiceMock.factory({ entities: JSON.parse(templates) }),
  ],
});
const { port } = backend.server.address();
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.stdin.resume();
process.stdin.once('end', async () => {
  await backend.stop();
  process.exit();
});
