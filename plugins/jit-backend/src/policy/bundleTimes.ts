import { BundleTimes } from './Bundle';
import { Profile } from './Profile';

/**
 * How long a bundle may last: what its first part says, within what every part allows. It is extended when every part can be, no more often and no
 * later than any of them.
 *
 * @param parts - at least one, the first one first
 */
export function bundleTimes(parts: Profile[]): BundleTimes {
  const [{ durations }] = parts;
  const maximumMs = least(parts.map(part => part.durations.maximumMs));
  const extensions = parts.flatMap(part => part.extension ?? []);
  return {
    durations: {
      maximumMs,
      defaultMs: Math.min(durations.defaultMs, maximumMs),
      choicesMs: durations.choicesMs.filter(choice => choice <= maximumMs),
    },
    ...(extensions.length === parts.length && {
      extension: {
        times: least(extensions.map(each => each.times)),
        // Beyond the maximum of all: a part that may last longer by itself does not.
        maximumMs:
          least(
            parts.map(
              ({ durations: own, extension }) =>
                own.maximumMs + extension!.maximumMs,
            ),
          ) - maximumMs,
      },
    }),
  };
}

function least(numbers: number[]): number {
  return Math.min(...numbers);
}
