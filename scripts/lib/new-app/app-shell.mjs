import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { headersEnv } from '../ensure-install.mjs';
import { runToEnd } from '../run.mjs';
import { yarnPath } from '../yarn.mjs';

/**
 * A shell as somebody has it who works on a Backstage app: this Node and a `yarn` are on its PATH.
 *
 * @param folder - where the `yarn` goes
 * @returns runs a command line; throws with the end of its output when it fails
 */
export function appShell({ folder, signal }) {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'yarn'),
    `#!/bin/sh\nexec "${process.execPath}" "${yarnPath()}" "$@"\n`,
    { mode: 0o755 },
  );
  const env = {
    ...process.env,
    ...headersEnv(),
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    // With CI set, Yarn would not change the lock file.
    CI: '',
    YARN_ENABLE_PROGRESS_BARS: 'false',
    // A registry that is slow once is no reason to give up.
    YARN_HTTP_TIMEOUT: '300000',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    // It would look for packages of types at a service that is no registry.
    YARN_TS_ENABLE_AUTO_TYPES: 'false',
    // A mirror of the registry may not tell when a version was published.
    YARN_NPM_MINIMAL_AGE_GATE: '0',
  };
  return {
    env,
    run: (command, { cwd = folder } = {}) =>
      runToEnd('sh', ['-e', '-c', command], { cwd, env, signal }),
  };
}
