import { RootConfigService } from '@backstage/backend-plugin-api';
import { configError, ConfigProblem, problemsOf } from './configProblems';
import { JitConfig } from './JitConfig';
import { jitSchema } from './jitSchema';
import { name } from './scalars';

/**
 * Reads and checks everything under `jit`, without looking at anything but the config itself.
 *
 * @throws InputError that names, for everything that is wrong, the full path of its key. Never holds a configured secret.
 */
export function readJitConfig(config: RootConfigService): JitConfig {
  const parsed = jitSchema.safeParse(config.getOptional('jit') ?? {});
  if (!parsed.success) {
    throw configError(problemsOf(parsed.error, ['jit']));
  }
  const { profiles, bundles, ...rest } = parsed.data;
  const jit: JitConfig = {
    ...rest,
    profiles: profiles.map((profile, index) => ({
      ...profile,
      configPath: `jit.profiles[${index}]`,
    })),
    bundles: bundles.map((bundle, index) => ({
      ...bundle,
      configPath: `jit.bundles[${index}]`,
    })),
  };
  const problems = [
    ...duplicates(jit.profiles, 'jit.profiles'),
    ...duplicates(jit.bundles, 'jit.bundles'),
    ...duplicates(jit.events.keys, 'jit.events.keys'),
    ...unusableNames(jit),
    ...unknownManagers(jit),
  ];
  if (problems.length > 0) {
    throw configError(problems);
  }
  return jit;
}

function duplicates(
  items: Array<{ id: string }>,
  path: string,
): ConfigProblem[] {
  return items.flatMap((item, index) => {
    const first = items.findIndex(other => other.id === item.id);
    return first === index
      ? []
      : [
          {
            path: `${path}[${index}].id`,
            message: `is the same as ${path}[${first}].id`,
          },
        ];
  });
}

function unusableNames(jit: JitConfig): ConfigProblem[] {
  return (['connections', 'contextSources'] as const).flatMap(key =>
    jit[key].flatMap(named => {
      const parsed = name.safeParse(named.name);
      return parsed.success
        ? []
        : problemsOf(parsed.error, ['jit', key, named.name]);
    }),
  );
}

/** A User is written by whoever can register one: who says whose word is taken? */
function unknownManagers({ people, profiles }: JitConfig): ConfigProblem[] {
  const { managerAnnotation, trustedLocations } = people;
  if (managerAnnotation && !trustedLocations) {
    return [
      {
        path: 'jit.people.managerAnnotation',
        message:
          'needs jit.people.trustedLocations: else everybody who can register a User says who its manager is',
      },
    ];
  }
  return profiles.flatMap(({ approval, configPath }) =>
    approval.steps.flatMap(({ approvers, escalation }, index) =>
      !managerAnnotation &&
      [...approvers, ...(escalation?.to ?? [])].some(
        rule => rule.kind === 'manager',
      )
        ? [
            {
              path: `${configPath}.approval.steps[${index}]`,
              message:
                'uses manager: true, and needs jit.people.managerAnnotation',
            },
          ]
        : [],
    ),
  );
}
