import { LoggerService } from '@backstage/backend-plugin-api';
import { ThingActivity } from '@backstage-jit/plugin-jit-node';
import { ActivitySettings, EngineSettings } from '../config';
import { Ledger } from '../database/Ledger';
import {
  readWatched,
  WatchedConnection,
} from '../database/operations/activity/readWatched';
import { writeSightings } from '../database/operations/activity/writeSightings';
import { signalConnection } from '../database/operations/connections/signalConnection';
import { callWithDeadline, DeadlineError } from '../engine/callWithDeadline';
import { classify } from '../engine/classify';
import { JitEngine } from '../engine/JitEngine';
import { OutsideSystems, Resolved } from '../engine/OutsideSystems';
import { Sighting } from '../leases/idle';
import { Failure } from '../leases/records';
import { holdsMs, LOOK_TIMEOUT_MS } from './holdsMs';
import { isLookDue } from './isLookDue';

/**
 * Looks at how things are used, one list a connection and provider, and writes down what it sees. Whether a lease ends for it is decided by the
 * engine. A connection that is left alone by its breaker is not looked at.
 */
export class ActivityWatch {
  /** When the last look began, by this process's monotonic clock: another replica may look once more than it need. */
  private readonly lookedAt = new Map<string, number>();
  private readonly looking = new Set<string>();

  constructor(
    private readonly options: {
      ledger: Ledger;
      systems: OutsideSystems;
      engine: Pick<JitEngine, 'wake'>;
      settings: ActivitySettings;
      probeEveryMs: EngineSettings['probeEveryMs'];
      logger: LoggerService;
    },
  ) {}

  /** Makes the looks that are due, all connections at once, so that a slow one holds up none. Never throws. */
  async tick(): Promise<void> {
    try {
      const { connections, now } = await readWatched(this.options.ledger);
      await Promise.all(
        connections
          .filter(watched => this.isDue(watched, now))
          .map(watched => this.look(watched)),
      );
    } catch (error) {
      this.options.logger.warn('The use of things could not be looked at', {
        error: (error as Error).name,
      });
    }
  }

  private isDue(watched: WatchedConnection, now: number): boolean {
    const key = keyOf(watched);
    const lookedAt = this.lookedAt.get(key);
    return (
      !this.looking.has(key) &&
      isLookDue({
        leases: watched.leases,
        everyMs: this.options.settings.everyMs,
        sinceLookMs:
          lookedAt === undefined ? undefined : performance.now() - lookedAt,
        now,
      })
    );
  }

  private async look(watched: WatchedConnection): Promise<void> {
    const key = keyOf(watched);
    this.looking.add(key);
    this.lookedAt.set(key, performance.now());
    try {
      const failure = await this.tryToLook(watched);
      if (failure) {
        this.options.logger.warn(
          `The use of things on ${watched.connection} is not known: ${failure.message}`,
          { connection: watched.connection, provider: watched.provider },
        );
      }
      await this.tellBreaker(watched, failure);
    } finally {
      this.looking.delete(key);
    }
  }

  private async tryToLook(
    watched: WatchedConnection,
  ): Promise<Failure | undefined> {
    const { ledger, systems, settings, engine } = this.options;
    const resolved = systems.resolve(watched);
    const gate = await systems.gate(watched);
    if ('class' in resolved) {
      return resolved;
    }
    if (!gate.open) {
      return gate.failure;
    }
    try {
      const sightings = await this.list(resolved);
      const due = await writeSightings(ledger, {
        ...watched,
        identity: gate.identity,
        sightings,
        holdsMs: holdsMs(settings),
      });
      if (due) {
        engine.wake();
      }
      return undefined;
    } catch (error) {
      return error instanceof DeadlineError
        ? { class: 'retryable', message: error.message }
        : classify(error, watched.provider);
    }
  }

  /** What a list to its end shows, by the external name of each thing. */
  private async list(resolved: Resolved): Promise<Map<string, Sighting>> {
    const { ledger, systems } = this.options;
    const lookBeganAt = await ledger.clock.now(ledger.knex);
    const began = performance.now();
    return await callWithDeadline(
      { milliseconds: LOOK_TIMEOUT_MS },
      async call => {
        const sightings = new Map<string, Sighting>();
        const listed: AsyncIterable<ThingActivity> = resolved.provider
          .listActivity!(systems.context(resolved, call));
        for await (const { externalName, idleForMs, counter } of listed) {
          const at = lookBeganAt + Math.ceil(performance.now() - began);
          sightings.set(externalName, {
            lookBeganAt,
            at,
            counter,
            idleForMs:
              idleForMs === undefined ? undefined : Math.floor(idleForMs),
          });
        }
        return sightings;
      },
    );
  }

  private async tellBreaker(
    { connection, recovering }: WatchedConnection,
    failure: Failure | undefined,
  ): Promise<void> {
    const { ledger, systems, probeEveryMs } = this.options;
    const tell = { connection, probeEveryMs, message: failure?.message };
    if (failure?.class === 'connection') {
      systems.forget(connection);
      await signalConnection(ledger, { ...tell, signal: { type: 'failed' } });
    } else if (failure?.class === 'rate-limited') {
      const now = await ledger.clock.now(ledger.knex);
      const until = now + Math.max(failure.retryAfterMs ?? 0, probeEveryMs);
      await signalConnection(ledger, {
        ...tell,
        signal: { type: 'paused', until },
      });
    } else if (!failure && recovering) {
      await signalConnection(ledger, { ...tell, signal: { type: 'works' } });
    }
  }
}

function keyOf({ connection, provider }: WatchedConnection): string {
  return `${connection}\n${provider}`;
}
