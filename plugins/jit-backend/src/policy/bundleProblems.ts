import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { ConfigProblem } from '../config/configProblems';
import { Bundle } from './Bundle';
import { Profile } from './Profile';

/**
 * What is wrong with the bundles by config alone: parts that are not there, and facts that are not there when they are needed.
 */
export function bundleProblems(options: {
  bundles: Bundle[];
  profiles: Profile[];
  providers: ReadonlyMap<string, JitProvider>;
}): ConfigProblem[] {
  const { bundles, profiles, providers } = options;
  const named = new Set(bundles.flatMap(bundle => bundle.parts));
  return [
    ...bundles.flatMap(bundle => problemsOfParts(bundle, profiles)),
    ...profiles.flatMap(profile => {
      const [slot] = slotsOfParts(profile);
      if (!slot) {
        return [];
      }
      const path = `${profile.configPath}.parameters.${slot.at.join('.')}`;
      if (!named.has(profile.id)) {
        return [
          {
            path,
            message: 'takes a fact of another part, and no bundle has this one',
          },
        ];
      }
      return providers.get(profile.provider)?.entitlementKey
        ? [
            {
              path,
              message: `cannot come from another part: what ${profile.provider} gives is shared, and must be known when it is asked for`,
            },
          ]
        : [];
    }),
  ];
}

function problemsOfParts(bundle: Bundle, profiles: Profile[]): ConfigProblem[] {
  return bundle.parts.flatMap((id, index) => {
    const path = `${bundle.configPath}.parts[${index}]`;
    const profile = profiles.find(each => each.id === id);
    if (!profile) {
      return [{ path, message: `is not one of jit.profiles: ${id}` }];
    }
    if (bundle.parts.indexOf(id) < index) {
      return [{ path, message: `is there already: ${id}` }];
    }
    return slotsOfParts(profile)
      .filter(({ path: [part] }) => {
        const at = bundle.parts.indexOf(part);
        return at < 0 || at >= index;
      })
      .map(({ path: [part] }) => ({
        path,
        message: `takes a fact of ${part}, which is not an earlier part of this bundle`,
      }));
  });
}

function slotsOfParts({ slots }: Profile) {
  return slots.filter(slot => slot.from === 'parts');
}
