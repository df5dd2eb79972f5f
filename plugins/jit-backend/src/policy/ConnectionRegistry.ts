import {
  JitProvider,
  ProviderConnection,
} from '@backstage-jit/plugin-jit-node';
import {
  configError,
  ConfigProblem,
  problemsOf,
} from '../config/configProblems';
import { ConnectionConfig } from '../config/JitConfig';

/** What the engine needs to know of a connection. */
export interface KnownConnection {
  name: string;
  type: string;
  /** How many calls may be out at once, over all replicas. */
  concurrency: number;
}

/**
 * The connections in config, each as read by the providers that work on it.
 */
export class ConnectionRegistry {
  readonly #known: Map<string, KnownConnection>;
  /** By connection, then by provider. */
  readonly #parsed: Map<string, Map<string, ProviderConnection>>;

  private constructor(
    known: Map<string, KnownConnection>,
    parsed: Map<string, Map<string, ProviderConnection>>,
  ) {
    this.#known = known;
    this.#parsed = parsed;
  }

  /**
   * @throws InputError naming the path of each setting that a provider does not take.
   */
  static create(options: {
    connections: ConnectionConfig[];
    providers: ReadonlyMap<string, JitProvider>;
  }): ConnectionRegistry {
    const problems: ConfigProblem[] = [];
    const known = new Map<string, KnownConnection>();
    const parsed = new Map<string, Map<string, ProviderConnection>>();
    for (const { name, type, concurrency, settings } of options.connections) {
      const providers = [...options.providers.values()].filter(
        provider => provider.connectionType === type,
      );
      if (providers.length === 0) {
        problems.push({
          path: `jit.connections.${name}.type`,
          message: 'is not a type that an installed provider works on',
        });
      }
      const byProvider = new Map<string, ProviderConnection>();
      for (const provider of providers) {
        const result = provider.connectionSchema.safeParse(settings);
        if (result.success) {
          byProvider.set(provider.id, { name, config: result.data });
        } else {
          problems.push(
            ...problemsOf(result.error, ['jit', 'connections', name]),
          );
        }
      }
      known.set(name, { name, type, concurrency });
      parsed.set(name, byProvider);
    }
    if (problems.length > 0) {
      throw configError(withoutRepeats(problems));
    }
    return new ConnectionRegistry(known, parsed);
  }

  list(): KnownConnection[] {
    return [...this.#known.values()];
  }

  get(name: string): KnownConnection | undefined {
    return this.#known.get(name);
  }

  /** The connection as a provider reads it; undefined when it is not in config, or not of the provider's type. */
  forProvider(options: {
    connection: string;
    provider: string;
  }): ProviderConnection | undefined {
    return this.#parsed.get(options.connection)?.get(options.provider);
  }
}

/** Providers that share a type find the same faults. */
function withoutRepeats(problems: ConfigProblem[]): ConfigProblem[] {
  return problems.filter(
    (problem, index) =>
      problems.findIndex(
        other =>
          other.path === problem.path && other.message === problem.message,
      ) === index,
  );
}
