import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { ConfigProblem, problemsOf } from '../config/configProblems';
import { ConnectionRegistry } from './ConnectionRegistry';
import { Profile } from './Profile';

/**
 * What is wrong with a profile by config alone, once it is known which providers there are.
 */
export function profileProblems(options: {
  profile: Profile;
  providers: ReadonlyMap<string, JitProvider>;
  connections: ConnectionRegistry;
}): ConfigProblem[] {
  const { profile, providers, connections } = options;
  const at = (key: string, message: string): ConfigProblem[] => [
    { path: `${profile.configPath}.${key}`, message },
  ];

  const provider = providers.get(profile.provider);
  if (!provider) {
    return at('provider', `is not one of ${listOf([...providers.keys()])}`);
  }
  const problems: ConfigProblem[] = [];
  if (profile.extension && !provider.supports.extend) {
    problems.push(
      ...at('extension', `cannot be used: ${provider.id} cannot move an end`),
    );
  }
  if (profile.idle && !(provider.supports.idle && provider.listActivity)) {
    problems.push(
      ...at('idle', `cannot be used: ${provider.id} does not see what is used`),
    );
  }
  if (
    profile.keepMs !== undefined &&
    !(provider.supports.keep && provider.keep)
  ) {
    problems.push(
      ...at('keep', `cannot be used: ${provider.id} keeps no last copies`),
    );
  }
  for (const key of ['protect', 'price', 'budget'] as const) {
    if (profile[key] && provider.kind !== 'infrastructure') {
      problems.push(
        ...at(key, `cannot be used: ${provider.id} makes no infrastructure`),
      );
    }
  }
  const known = connections.get(profile.connection);
  if (!known) {
    const names = connections.list().map(({ name }) => name);
    return [
      ...problems,
      ...at('connection', `is not one of jit.connections: ${listOf(names)}`),
    ];
  }
  const connection = connections.forProvider({
    connection: known.name,
    provider: provider.id,
  });
  if (!connection) {
    return [
      ...problems,
      ...at(
        'connection',
        `is of type ${known.type}, and ${provider.id} works on ${provider.connectionType}`,
      ),
    ];
  }
  // With a slot they are not known before somebody asks: then it is looked at then.
  if (profile.slots.length === 0) {
    const parsed = provider.paramsSchema.safeParse(profile.parameters);
    if (!parsed.success) {
      return [
        ...problems,
        ...problemsOf(parsed.error, [profile.configPath, 'parameters']),
      ];
    }
    const refusal = provider.refusedByCeiling({
      params: parsed.data,
      connection,
    });
    if (refusal) {
      problems.push(
        ...at(
          'parameters',
          `is outside the ceiling of jit.connections.${known.name}: ${refusal}`,
        ),
      );
    }
  }
  return problems;
}

function listOf(names: string[]): string {
  return names.length > 0 ? names.join(', ') : 'none that are there';
}
