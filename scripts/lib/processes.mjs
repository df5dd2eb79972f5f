import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const END_WITH_STARTER = fileURLToPath(
  new URL('./end-with-starter.cjs', import.meta.url),
);
const END_WITHIN_MS = 15_000;

/**
 * Starts this very Node with `argv`, in a process group of its own that ends when we end.
 *
 * @param logFile - where its output goes; emptied first
 * @returns `exited`: settles with its exit code; `end`: ends the whole group, by force when it takes too long; `kill`: by force at once
 */
export function startNode({ argv, cwd, env = {}, logFile }) {
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(
    process.execPath,
    ['--require', END_WITH_STARTER, ...argv],
    {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log, 'pipe'],
      detached: true,
    },
  );
  closeSync(log);
  const exited = new Promise(resolve => {
    child.once('error', () => resolve(1));
    child.once('exit', code => resolve(code ?? 1));
  });

  const end = async () => {
    signalGroup(child.pid, 'SIGTERM');
    const force = setTimeout(
      () => signalGroup(child.pid, 'SIGKILL'),
      END_WITHIN_MS,
    );
    await exited;
    clearTimeout(force);
    // Whatever it started and left behind.
    signalGroup(child.pid, 'SIGKILL');
  };
  const kill = async () => {
    signalGroup(child.pid, 'SIGKILL');
    await exited;
  };
  return { exited, end, kill };
}

/** The command line of a running process, empty when there is none of this number. */
export function commandLine(pid) {
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', `${pid}`], {
    encoding: 'utf8',
  });
  return stdout?.trim() ?? '';
}

/** The end of a log, for whoever has to find out what went wrong. */
export function lastLines(logFile, count = 30) {
  return readFileSync(logFile, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-count)
    .join('\n');
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone.
  }
}
