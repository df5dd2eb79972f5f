import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresBinaries, unprivileged } from './postgres-binaries.mjs';
import { commandLine } from './processes.mjs';

/**
 * Runs the server beside a reader of our pipe: when we end, however we end, the pipe closes and the server is shut down in good order.
 * With $DISCARD its folder goes too, unless it failed.
 */
const KEEPER = `
exec 3<&0
"$@" 3<&- & server=$!
{ cat <&3 >/dev/null; kill -INT "$server"; } 2>/dev/null & watch=$!
wait "$server"; code=$?
kill "$watch" 2>/dev/null
if [ "$code" = 0 ] && [ -n "$DISCARD" ]; then rm -rf "$DISCARD"; fi
exit "$code"
`;

/** Makes a cluster in the empty or missing folder `dataDir`, whose superuser `postgres` has this password. */
export async function initCluster({ dataDir, password }) {
  const { initdb } = await postgresBinaries();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { owner, command } = unprivileged([initdb, dataDir]);
  const secretDir = mkdtempSync(join(tmpdir(), 'jit-initdb-'));
  const passwordFile = join(secretDir, 'password');
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    for (const path of owner ? [dataDir, secretDir, passwordFile] : []) {
      chownSync(path, owner.uid, owner.gid);
    }
    const { file, args, options } = command([
      initdb,
      `--pgdata=${dataDir}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ]);
    const result = spawnSync(file, args, { ...options, encoding: 'utf8' });
    if (result.status !== 0) {
      throw new Error(
        `initdb failed: ${result.error?.message ?? result.stderr}`,
      );
    }
  } finally {
    rmSync(secretDir, { recursive: true, force: true });
  }
}

/**
 * Starts the server on 127.0.0.1 only (no socket file) and waits until it takes connections.
 *
 * @param settings - server settings besides the address
 * @param logFile - where its log goes, nowhere when not given
 * @param discard - a folder to remove once it has ended
 * @returns `exited`: settles with the exit code whenever it ends; `stop`: ends its sessions and the server
 */
export async function startCluster({
  dataDir,
  port,
  settings = {},
  logFile,
  discard,
}) {
  const { postgres } = await postgresBinaries();
  const { command } = unprivileged([postgres, dataDir]);
  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`]);
  const argv = ['sh', '-c', KEEPER, 'sh', postgres, '-D', dataDir, ...flags];
  const { file, args, options } = command(argv);
  const log = logFile ? openSync(logFile, 'a', 0o600) : 'ignore';
  const child = spawn(file, args, {
    ...options,
    cwd: '/',
    env: { ...process.env, DISCARD: discard ?? '' },
    stdio: ['pipe', log, log],
    // Its own session: Ctrl-C in the terminal must not reach it before those who use it have ended.
    detached: true,
  });
  if (logFile) {
    closeSync(log);
  }
  let ended = false;
  const exited = new Promise(resolve => {
    child.once('error', () => resolve(1));
    child.once('exit', code => resolve(code ?? 1));
  }).then(code => {
    ended = true;
    return code;
  });
  const stop = () => {
    child.stdin.end();
    return exited;
  };

  const deadline = Date.now() + 30_000;
  while (!isReady(dataDir)) {
    if (ended || Date.now() > deadline) {
      await stop();
      throw new Error(
        `PostgreSQL did not start on port ${port}${
          logFile ? `: see ${logFile}` : ''
        }`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return { exited, stop };
}

/** Ends a server that an earlier run left behind in this folder, and removes the lock of a dead one. */
export async function recoverCluster(dataDir) {
  const lock = join(dataDir, 'postmaster.pid');
  if (!existsSync(lock)) {
    return;
  }
  const pid = readFileSync(lock, 'utf8').split('\n')[0];
  // The number may belong to another process by now, which is not ours to end.
  if (commandLine(pid).includes(dataDir)) {
    const { pgCtl } = await postgresBinaries();
    const { command } = unprivileged([pgCtl, dataDir]);
    const { file, args, options } = command([
      pgCtl,
      'stop',
      `--pgdata=${dataDir}`,
      '--mode=fast',
      '--wait',
      '--timeout=30',
    ]);
    const result = spawnSync(file, args, {
      ...options,
      cwd: '/',
      encoding: 'utf8',
    });
    if (result.status !== 0 && existsSync(lock)) {
      throw new Error(
        `PostgreSQL of an earlier run (process ${pid}) does not stop: end it by hand, then start again.`,
      );
    }
  }
  rmSync(lock, { force: true });
}

/**
 * Making and dropping a database is hundreds of small files, which some disks take seconds to remove. Linux's memory disk takes none: it is used where
 * it and the memory behind it have this much room, more than a whole run of the tests was seen to need.
 */
const MEMORY_DISK = '/dev/shm';
const ROOM_BYTES = 8 * 1024 ** 3;

function temporaryPlace() {
  if (process.platform !== 'linux' || !existsSync(MEMORY_DISK)) {
    return tmpdir();
  }
  const { bavail, bsize } = statfsSync(MEMORY_DISK);
  const room = Math.min(bavail * bsize, freemem());
  return room >= ROOM_BYTES ? MEMORY_DISK : tmpdir();
}

/**
 * A new empty folder that a server may use, gone with the machine at the latest.
 *
 * @param durable - whether it has to be on the disk, as that of a server in production
 */
export function temporaryFolder({ durable = false } = {}) {
  const place = durable ? tmpdir() : temporaryPlace();
  const folder = mkdtempSync(join(place, 'jit-postgres-'));
  const { owner } = unprivileged([folder]);
  if (owner) {
    chownSync(folder, owner.uid, owner.gid);
  }
  chmodSync(folder, 0o700);
  return folder;
}

/** The eighth line of the server's lock file says how far it is. */
function isReady(dataDir) {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8');
    return lines.split('\n')[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}
