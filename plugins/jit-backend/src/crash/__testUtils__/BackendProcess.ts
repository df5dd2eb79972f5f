import { JsonObject } from '@backstage/types';
import { JitClient } from '@backstage-jit/plugin-jit-common';
import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { InsidePoint, Occurring } from './KillPoint';
import { Order, Report } from './process/protocol';

/** So much of what a process said last is shown in the report of a failure. */
const LINES_SHOWN = 200;

/** So much of it is kept. */
const LINES_KEPT = 20_000;

/** What a process runs: the sources, or what a long run has made one file of since it loads them so often. */
function program(): string[] {
  const made = process.env.JIT_TEST_CRASH_PROGRAM;
  return made
    ? JSON.parse(made)
    : [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        resolve(__dirname, 'process/main.ts'),
      ];
}

/** A real backend process, which a test kills. */
export class BackendProcess {
  /** Settles when it is gone, whoever ended it. */
  readonly exited: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(report: Report) => void>();
  #gone = false;
  #url?: string;

  /** Begins to load one that can be started later. Its own clock is wrong by so much, and it dies when it needs more heap than that. */
  static spawn(options?: {
    clockOffsetMs?: number;
    heapMb?: number;
  }): BackendProcess {
    return new BackendProcess(options?.clockOffsetMs ?? 0, options?.heapMb);
  }

  private constructor(readonly clockOffsetMs: number, heapMb?: number) {
    this.#child = spawn(
      process.execPath,
      [
        ...(heapMb ? [`--max-old-space-size=${heapMb}`] : []),
        '--require',
        resolve(__dirname, 'process/shiftClock.cjs'),
        ...program(),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NODE_OPTIONS: '',
          JIT_TEST_CLOCK_OFFSET_MS: String(clockOffsetMs),
        },
      },
    );
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      createInterface({ input: stream }).on('line', line => this.#keep(line));
    }
    this.#child.on('message', report => {
      for (const listener of this.#listeners) {
        listener(report as Report);
      }
    });
    const warm = this.#told('warm');
    this.exited = new Promise<void>(settle => {
      this.#child.once('error', () => settle());
      this.#child.once('exit', () => settle());
    }).then(() => {
      this.#gone = true;
    });
    this.warm = warm.then(() => {});
    this.warm.catch(() => {});
  }

  /** Settles when everything is loaded. */
  readonly warm: Promise<void>;

  get isGone(): boolean {
    return this.#gone;
  }

  /** Where it serves, once it does. */
  get url(): string {
    if (!this.#url) {
      throw new Error('The process does not serve yet');
    }
    return this.#url;
  }

  /** @returns whether it got ready; it may be armed to die before */
  async start(options: {
    config: JsonObject;
    arm?: Occurring<InsidePoint>;
  }): Promise<boolean> {
    await this.warm;
    const ready = this.#told('ready');
    this.#send({ type: 'start', ...options });
    try {
      this.#url = `http://127.0.0.1:${(await ready).port}`;
      return true;
    } catch (error) {
      if (options.arm) {
        return false;
      }
      throw error;
    }
  }

  /** Where it kills itself from now on. */
  async arm(point: Occurring<InsidePoint>): Promise<void> {
    const armed = this.#told('armed');
    this.#send({ type: 'arm', point });
    await armed;
  }

  /** @returns whether it lives on; else it got there before it was told */
  async disarm(): Promise<boolean> {
    const disarmed = this.#told('armed');
    this.#send({ type: 'arm' });
    return await disarmed.then(
      () => true,
      () => false,
    );
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** Has it end by itself. */
  async end(): Promise<void> {
    this.#child.disconnect();
    await this.exited;
  }

  /** The REST API, as a person calls it. */
  as(person: string): { api: JitClient; token: string } {
    return {
      api: new JitClient({
        discoveryApi: { getBaseUrl: async () => `${this.url}/api/jit` },
      }),
      token: `mock-user-token:${JSON.stringify({ sub: person })}`,
    };
  }

  /** What it said last. */
  get log(): string {
    return this.#lines.slice(-LINES_SHOWN).join('\n');
  }

  /** All that it said. */
  get wholeLog(): string {
    return this.#lines.join('\n');
  }

  /** @throws Error when it ends before it says so */
  async #told<T extends Report['type']>(
    type: T,
  ): Promise<Report & { type: T }> {
    const waiting = new AbortController();
    let listener: ((report: Report) => void) | undefined;
    const told = new Promise<Report & { type: T }>(settle => {
      listener = report => {
        if (report.type === type) {
          settle(report as Report & { type: T });
        }
      };
      this.#listeners.add(listener);
    });
    try {
      // Not `exited`, which is not there yet when the first is waited for.
      const first = this.#gone
        ? undefined
        : await Promise.race([
            told,
            once(this.#child, 'exit', { signal: waiting.signal }).then(
              () => undefined,
            ),
          ]);
      if (!first) {
        throw new Error(
          `The process ended before it was ${type}:\n${this.log}`,
        );
      }
      return first;
    } finally {
      waiting.abort();
      this.#listeners.delete(listener!);
    }
  }

  #send(order: Order): void {
    // It may have died meanwhile, which shows elsewhere.
    this.#child.send(order, () => {});
  }

  #keep(line: string): void {
    this.#lines.push(line);
    this.#lines.splice(0, this.#lines.length - LINES_KEPT);
  }
}
