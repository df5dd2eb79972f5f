import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConnectionContext,
  JitProvider,
  OwnershipMark,
  ProviderConnection,
} from '@backstage-jit/plugin-jit-node';
import { durationToMilliseconds } from '@backstage/types';
import { ConnectionConfig } from '../config';
import { ProviderTraits, Surroundings } from '../leases/advance';
import { Failure } from '../leases/records';
import { callWithDeadline, DeadlineError } from './callWithDeadline';
import { classify } from './classify';

/** A provider with the system it is to work on. */
export interface Resolved {
  provider: JitProvider;
  connection: ProviderConnection;
}

/** How long an answer about a system's identity is believed. A failure of the connection ends it at once. */
const IDENTITY_LIFE_MS = 10_000;

/** The outside systems and the providers that work on them, as configured in this process. */
export class ConnectionRegistry {
  private readonly resolved = new Map<string, Resolved>();
  private readonly identities = new Map<
    string,
    { answer: Promise<string>; until: number }
  >();

  constructor(
    private readonly options: {
      providers: JitProvider[];
      connections: ConnectionConfig[];
      mark: OwnershipMark;
      callTimeoutMs: number;
      logger: LoggerService;
    },
  ) {
    for (const { name, type, settings } of options.connections) {
      for (const provider of options.providers) {
        if (provider.connectionType === type) {
          this.resolved.set(keyOf(provider.id, name), {
            provider,
            connection: {
              name,
              config: provider.connectionSchema.parse(settings),
            },
          });
        }
      }
    }
  }

  /** What a lease needs for a call, or why there is nothing to call, in words that say what to do. */
  resolve(options: {
    provider: string;
    connection: string;
  }): Resolved | Failure {
    const { provider, connection } = options;
    const found = this.resolved.get(keyOf(provider, connection));
    if (found) {
      return found;
    }
    const configured = this.options.connections.some(
      each => each.name === connection,
    );
    return {
      class: 'misconfigured',
      message: configured
        ? `Provider ${provider} is not installed for connection ${connection}: add its module back`
        : `Connection ${connection} is not in the config any more: put it back under jit.connections`,
    };
  }

  /** All pairs of a connection and a provider that works on it. */
  all(): Resolved[] {
    return [...this.resolved.values()];
  }

  traits(provider: string): ProviderTraits {
    const found = this.options.providers.find(each => each.id === provider);
    return {
      settleMs: found?.settle ? durationToMilliseconds(found.settle) : 0,
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
    this.identities.set(key, {
      answer,
      until: performance.now() + IDENTITY_LIFE_MS,
    });
    return answer;
  }
}

function keyOf(provider: string, connection: string): string {
  return `${provider}\n${connection}`;
}
