import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfigSchema } from '@backstage/config-loader';
import { parse } from 'yaml';
import { CHECKOUT } from './checkout.mjs';
import { readReadmeSteps } from './new-app/readme-steps.mjs';

/** What nobody but the backend may ever see. Everything else is of the backend too, and of no secret. */
const SECRETS = [
  'jit.connections.orders.password',
  'jit.events.keys[0].secret',
];

/**
 * What is wrong with the config schemas that the packages bring along, when an app has them all at once.
 *
 * @param folders - the packages as they are installed
 */
export async function configProblems({ folders }) {
  const schema = await loadConfigSchema({
    dependencies: [],
    packagePaths: folders.map(folder => join(folder, 'package.json')),
    excludePackageDependencies: true,
  });
  const data = parse(readReadmeSteps().step('app-config.yaml'));
  const see = visibility =>
    schema
      .process([{ context: 'README.md', data }], { visibility })
      .flatMap(config => leavesOf(config.data));
  try {
    schema.process([
      { context: 'app-config.yaml', data: demoConfig() },
      { context: 'README.md', data },
    ]);
  } catch (error) {
    return [`The config is refused: ${error.message}`];
  }
  const inBrowsers = see(['frontend']);
  const secrets = see(['secret']);
  return [
    ...inBrowsers.map(path => `${path} is sent to browsers`),
    ...SECRETS.filter(path => !secrets.includes(path)).map(
      path => `${path} is not declared a secret`,
    ),
  ];
}

function demoConfig() {
  const { jit } = parse(
    readFileSync(join(CHECKOUT, 'app-config.yaml'), 'utf8'),
  );
  return { jit };
}

function leavesOf(value, path = '') {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => leavesOf(each, `${path}[${index}]`));
  }
  if (typeof value === 'object' && value) {
    return Object.entries(value).flatMap(([key, each]) =>
      leavesOf(each, path ? `${path}.${key}` : key),
    );
  }
  return [path];
}
