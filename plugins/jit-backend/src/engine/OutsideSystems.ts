import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConnectionContext,
  JitProvider,
  OwnershipMark,
  ProviderConnection,
} from '@backstage-jit/plugin-jit-node';
import { durationToMilliseconds } from '@backstage/types';
import { ProviderTraits, Surroundings } from '../leases/advance';
import { Failure } from '../leases/records';
import { ConnectionRegistry } from '../policy';
import { callWithDeadline, DeadlineError } from './callWithDeadline';
import { classify } from './classify';

/** A provider with the system it is to work on. */
export interface Resolved {
  provider: JitProvider;
  connection: ProviderConnection;
}

/** How long an answer about a system's identity is believed. A failure of the connection ends it at once. */
const IDENTITY_LIFE_MS = 10_000;

/** Who a system says it is. */
interface Identity {
  answer: Promise<string>;
  /** What was answered, once it was. */
  settled?: string;
  until: number;
}

/** The way to the outside systems: which provider works on which, under which identity. */
export class OutsideSystems {
  private readonly identities = new Map<string, Identity>();

  constructor(
    private readonly options: {
      providers: ReadonlyMap<string, JitProvider>;
      connections: ConnectionRegistry;
      mark: OwnershipMark;
      callTimeoutMs: number;
      logger: LoggerService;
    },
  ) {}

  /** What a lease needs for a call, or why there is nothing to call, in words that say what to do. */
  resolve(options: {
    provider: string;
    connection: string;
  }): Resolved | Failure {
    const { providers, connections } = this.options;
    const provider = providers.get(options.provider);
    const connection = connections.forProvider(options);
    if (provider && connection) {
      return { provider, connection };
    }
    return {
      class: 'misconfigured',
      message: connections.get(options.connection)
        ? `Provider ${options.provider} is not installed for connection ${options.connection}: add its module back`
        : `Connection ${options.connection} is not in the config any more: put it back under jit.connections`,
    };
  }

  /** All pairs of a connection and a provider that works on it. */
  all(): Resolved[] {
    const { providers, connections } = this.options;
    return connections.list().flatMap(({ name }) =>
      [...providers.values()].flatMap(provider => {
        const connection = connections.forProvider({
          connection: name,
          provider: provider.id,
        });
        return connection ? [{ provider, connection }] : [];
      }),
    );
  }

  traits(provider: string): ProviderTraits {
    const found = this.options.providers.get(provider);
    const settleMs = found?.settle ? durationToMilliseconds(found.settle) : 0;
    return {
      settleMs,
      lagMs: found?.readsLag === false ? 0 : settleMs,
      callTimeoutMs: found?.callTimeout
        ? durationToMilliseconds(found.callTimeout)
        : this.options.callTimeoutMs,
      canExtend: Boolean(found?.supports.extend && found.extend),
    };
  }

  /** What every call about a connection is given. */
  context(
    resolved: Resolved,
    call: { signal: AbortSignal; deadline: number },
  ): ConnectionContext {
    return {
      connection: resolved.connection,
      mark: this.options.mark,
      logger: this.options.logger,
      ...call,
    };
  }

  /** Whether calls may be made, and which system they would reach. Never throws. */
  async gate(options: {
    provider: string;
    connection: string;
  }): Promise<Surroundings['gate']> {
    const resolved = this.resolve(options);
    if ('class' in resolved) {
      return { open: false, failure: resolved };
    }
    try {
      return { open: true, identity: await this.identity(resolved) };
    } catch (error) {
      this.forget(options.connection);
      return {
        open: false,
        failure:
          error instanceof DeadlineError
            ? {
                class: 'connection',
                message: `${options.connection} does not answer: ${error.message}`,
              }
            : classify(error, options.provider),
      };
    }
  }

  /** What {@link gate} would answer, when nobody has to be asked for it. */
  knownGate(options: {
    provider: string;
    connection: string;
  }): Surroundings['gate'] | undefined {
    const resolved = this.resolve(options);
    if ('class' in resolved) {
      return { open: false, failure: resolved };
    }
    const known = this.identities.get(
      keyOf(options.provider, options.connection),
    );
    return known?.settled !== undefined && known.until > performance.now()
      ? { open: true, identity: known.settled }
      : undefined;
  }

  /** Makes the next gate ask the system who it is: after a failure it may be another one. */
  forget(connection: string): void {
    for (const key of this.identities.keys()) {
      if (key.endsWith(`\n${connection}`)) {
        this.identities.delete(key);
      }
    }
  }

  private identity(resolved: Resolved): Promise<string> {
    const { provider, connection } = resolved;
    const key = keyOf(provider.id, connection.name);
    const known = this.identities.get(key);
    if (known && known.until > performance.now()) {
      return known.answer;
    }
    const { callTimeoutMs } = this.traits(provider.id);
    const answer = callWithDeadline({ milliseconds: callTimeoutMs }, call =>
      provider.identity(this.context(resolved, call)),
    );
    const asked: Identity = {
      answer,
      until: performance.now() + IDENTITY_LIFE_MS,
    };
    answer.then(
      identity => {
        asked.settled = identity;
      },
      // Who waits for the answer hears of it.
      () => {},
    );
    this.identities.set(key, asked);
    return answer;
  }
}

function keyOf(provider: string, connection: string): string {
  return `${provider}\n${connection}`;
}
